-- A receipt as it is after an event; its place is that of the event that first told of it.
INSERT INTO receipt (contract, reference, amount, credited_on, at, account, event_seq)
VALUES (@contract, @reference, @amount, @on, @at, @account, @event_seq)
ON CONFLICT (contract, reference) DO UPDATE
SET amount = excluded.amount,
    credited_on = excluded.credited_on,
    at = excluded.at,
    account = excluded.account;
