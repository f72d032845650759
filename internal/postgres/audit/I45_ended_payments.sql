-- A payment that ended has nothing applied.
-- 已终止的收款没有任何核销余额。
SELECT e.payment, e.why, sum(a.amount) AS applied
FROM payment_end AS e
JOIN allocation AS a ON a.payment = e.payment
GROUP BY e.payment, e.why
HAVING sum(a.amount) <> 0;
