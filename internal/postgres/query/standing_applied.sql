-- What the payments of a contract have given to its invoices and refunds.
SELECT payment, coalesce(invoice, '') AS invoice, coalesce(refund, '') AS refund, sum(amount) AS amount
FROM allocation
WHERE contract = @contract
GROUP BY 1, 2, 3
HAVING sum(amount) <> 0;
