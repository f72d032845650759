-- A receipt, told once: a second one under its reference is an error, and undoes the step that tells of it.
INSERT INTO receipt (contract, reference, amount, credited_on, at, account, line, held, gone, event_seq)
VALUES (@contract, @reference, @amount, @on, @at, @account, nullif(@line, 0), @held, @gone, @event_seq);
