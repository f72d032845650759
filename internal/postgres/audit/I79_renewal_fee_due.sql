-- The fee of a following year is due by the last day of the year before it (§5.6).
-- 后续年度的费用于上一服务年度最后一日到期（§5.6）。
SELECT y.contract, 'renewal-fee/' || y.year + 1 AS id, y.last AS expected, o.due_on AS found
FROM service_year AS y
JOIN obligation AS o ON o.contract = y.contract AND o.id = 'renewal-fee/' || y.year + 1
WHERE o.due_on IS DISTINCT FROM y.last;
