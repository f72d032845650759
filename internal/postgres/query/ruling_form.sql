-- The form that rules: the one that the contract stands under, or the registered one before anything has happened (§6.4).
WITH forms AS (
    SELECT number, hash, terms, capital, registered_at FROM contract_form
    UNION ALL
    SELECT number, hash, terms, capital, registered_at FROM amended_form
)
SELECT f.hash, f.terms, f.capital
FROM forms AS f
LEFT JOIN contract AS c USING (number)
WHERE f.number = @number AND (c.form_hash IS NULL OR f.hash = c.form_hash)
ORDER BY f.registered_at
LIMIT 1;
