-- Never more is applied to an invoice or let go of it than it asks for after its credit notes, and never less than nothing.
-- 账单的核销额与豁免额合计不超过其扣除贷项后的金额，且均不为负。
SELECT key, sum(asked) AS asked, sum(paid) AS paid, sum(let_go) AS let_go
FROM (
    SELECT coalesce(credits, key) AS key, gross AS asked, 0 AS paid, 0 AS let_go FROM invoice
    UNION ALL
    SELECT invoice, 0, amount, 0 FROM allocation WHERE invoice IS NOT NULL
    UNION ALL
    SELECT invoice, 0, 0, amount FROM write_off
) AS sides
GROUP BY key
HAVING sum(paid) < 0
    OR sum(let_go) < 0
    OR sum(paid) + sum(let_go) > sum(asked);
