-- Compensation under §7.1 and §7.2 was at no time approved beyond all service fees received until then (§7.3).
-- §7.1、§7.2 项下的赔偿在批准时合计不超过当时已收的全部服务费（§7.3）。
WITH payable AS (
    SELECT c.contract, c.claim, c.n, c.recorded_at,
        sum(c.amount) OVER (PARTITION BY c.contract ORDER BY c.recorded_at, c.claim, c.n) AS amount
    FROM compensation AS c
    JOIN claim AS k ON k.contract = c.contract AND k.n = c.claim
    WHERE k.clause <> '3.1'
)
SELECT p.contract, p.claim, p.n, received AS most, p.amount AS found
FROM payable AS p
CROSS JOIN LATERAL fees_received(p.contract, 'infinity', p.recorded_at) AS received
WHERE p.amount > received;
