-- The payment of a contract that came last under a reference, and whether it was moved away.
SELECT p.key, p.line, p.amount, coalesce(e.why = 'moved', false) AS moved
FROM payment AS p
LEFT JOIN payment_end AS e ON e.payment = p.key
WHERE p.contract = @contract
    AND p.reference = @reference
ORDER BY substring(p.key FROM '[0-9]+$')::int DESC
LIMIT 1;
