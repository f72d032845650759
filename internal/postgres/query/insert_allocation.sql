-- Money of a payment applied to an invoice or set aside for a refund.
INSERT INTO allocation (key, contract, payment, invoice, refund, amount, effective_on, actor)
VALUES (@key, @contract, @payment, nullif(@invoice, ''), nullif(@refund, ''), @amount, @effective_on, @actor);
