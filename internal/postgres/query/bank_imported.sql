-- Movements of an account that statements have told of, under the references of another statement. One that takes the
-- place of a slip has a sign behind its reference.
SELECT told.reference, l.booked_on, l.amount
FROM bank_line AS l
JOIN unnest(@references::text[]) AS told (reference) ON l.reference IN (told.reference, told.reference || '#')
WHERE l.account = @account
    AND l.statement IS NOT NULL;
