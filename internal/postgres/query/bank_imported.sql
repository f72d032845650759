-- Movements of an account that statements have told of, under the references of another statement.
SELECT reference, booked_on, amount
FROM bank_line
JOIN unnest(@references::text[]) AS told (reference) USING (reference)
WHERE account = @account
    AND statement IS NOT NULL;
