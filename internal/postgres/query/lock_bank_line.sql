-- Locks a movement until the commit: whoever uses money under its reference waits.
SELECT id, account, reference, booked_on, amount, pg_advisory_xact_lock(hashtextextended('bank ' || reference, 0))::text AS locked
FROM bank_line
WHERE id = @line;
