-- Movements that people entered under the references of a statement, but for those that the statement of another account
-- has confirmed. Of money that two contracts entered, the later line has a contract and a number behind its reference.
-- Undone: taken back by hand without a line of the bank, as a slip is.
SELECT l.id, l.reference, n.base, l.amount, c.line IS NOT NULL AS confirmed,
    EXISTS (
        SELECT FROM payment AS p
        JOIN payment_end AS e ON e.payment = p.key
        JOIN bank_line AS r ON r.id = e.line
        WHERE p.line = l.id
            AND p.amount = l.amount
            AND r.statement IS NULL
            AND r.reference ~ '/reversed(#|$)'
            AND NOT EXISTS (SELECT FROM bank_confirmation AS o WHERE o.line = r.id)
    ) AS undone
FROM bank_line AS l
CROSS JOIN LATERAL regexp_replace(l.reference, '#[A-Za-z0-9-]+#[0-9]+$', '') AS n (base)
LEFT JOIN bank_confirmation AS c ON c.line = l.id
LEFT JOIN bank_statement AS s ON s.sha256 = c.statement
WHERE l.statement IS NULL
    AND l.account IN (@account, '')
    AND coalesce(s.account, @account) = @account
    AND (l.reference = ANY (@references::text[]) OR n.base = ANY (@references::text[]))
ORDER BY l.id;
