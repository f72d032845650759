-- A receipt, told once: whoever comes second under a reference changes nothing.
INSERT INTO receipt (contract, reference, amount, credited_on, at, account, event_seq)
VALUES (@contract, @reference, @amount, @on, @at, @account, @event_seq)
ON CONFLICT (contract, reference) DO NOTHING;
