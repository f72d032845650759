-- What a waiver let go of an invoice.
INSERT INTO write_off (key, contract, invoice, amount, effective_on, actor)
VALUES (@key, @contract, @invoice, @amount, @effective_on, @actor);
