-- The acts of a contract are numbered without a gap, up to the last one given.
-- 每份合同的操作连续编号，直至最后一号。
WITH stored AS (
    SELECT contract, count(DISTINCT seq) AS acts, min(seq) AS first, max(seq) AS last
    FROM inbox
    GROUP BY contract
)
SELECT contract, h.acts AS expected, s.acts AS found, s.first, s.last
FROM contract_head AS h
FULL JOIN stored AS s USING (contract)
WHERE h.acts IS DISTINCT FROM coalesce(s.acts, 0)
    OR s.last <> s.acts
    OR s.first <> 1;
