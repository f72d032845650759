-- The payments of a contract, ended ones too, by reference in the order in which they came.
SELECT p.key, p.reference, substring(p.key FROM '[0-9]+$')::int AS n, p.amount, e.payment IS NOT NULL AS ended
FROM payment AS p
LEFT JOIN payment_end AS e ON e.payment = p.key
WHERE p.contract = @contract
ORDER BY p.reference, n;
