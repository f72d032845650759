-- Never more of a payment is applied than it is, and never less than nothing to anything.
-- 收款的核销额不超过其金额，对任何账单或退款的核销额均不为负。
WITH used AS (
    SELECT payment, sum(amount) AS used, NULL AS applied_to
    FROM allocation
    GROUP BY payment
    UNION ALL
    SELECT payment, sum(amount), coalesce(invoice, refund)
    FROM allocation
    GROUP BY payment, invoice, refund
    HAVING sum(amount) < 0
)
SELECT u.payment, u.applied_to, p.amount AS most, u.used AS found
FROM used AS u
LEFT JOIN payment AS p ON p.key = u.payment
WHERE p.key IS NULL
    OR u.used < 0
    OR u.used > p.amount;
