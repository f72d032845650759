-- The reference under which a contract gets money of a line: the line's, or for a further part the first that is free.
SELECT r.reference
FROM generate_series(1, 1000) AS part (n)
CROSS JOIN LATERAL (SELECT @reference || CASE WHEN n = 1 THEN '' ELSE '/' || n END) AS r (reference)
WHERE NOT EXISTS (
    SELECT FROM payment AS p
    WHERE p.contract = @contract
        AND p.reference = r.reference
        AND p.line = @line
        AND NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key AND e.why = 'moved')
)
ORDER BY part.n
LIMIT 1;
