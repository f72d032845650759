-- What the payments of a contract have given, by reference, in the order in which it was given first.
SELECT p.reference, coalesce(i.obligation, a.refund) AS "to", coalesce(i.number, '') AS invoice, sum(a.amount) AS amount
FROM allocation AS a
JOIN payment AS p ON p.key = a.payment
LEFT JOIN invoice AS i ON i.key = a.invoice
WHERE a.contract = @contract
GROUP BY 1, 2, 3
HAVING sum(a.amount) <> 0
ORDER BY 1, min(a.recorded_at);
