-- Movements of an account that statements have told of, under the references of another statement. One that takes the
-- place of a slip has a sign behind its reference.
SELECT told.reference, l.booked_on, l.amount
FROM unnest(@references::text[]) AS told (reference)
CROSS JOIN LATERAL (VALUES (told.reference), (told.reference || '#')) AS n (name)
JOIN bank_line AS l ON l.reference = n.name
WHERE l.account = @account
    AND l.statement IS NOT NULL;
