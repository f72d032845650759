-- Money set aside for an act is of the act's contract, and a refused act has changed nothing: it holds no money.
-- 为操作占用的款项属于该操作的合同；被拒绝的操作没有任何变更，不占用款项。
WITH refused AS MATERIALIZED (
    SELECT m.act_id, m.line, m.amount, b.contract
    FROM bank_match AS m
    JOIN inbox AS b ON b.id = m.act_id
    WHERE b.answer ? 'refusal'
)
SELECT r.act_id, r.line, r.amount, r.contract, e.seq
FROM refused AS r
JOIN contract_event AS e ON e.contract = r.contract
WHERE (e.event ->> 'act_id') IS NOT DISTINCT FROM r.act_id
UNION ALL
SELECT m.act_id, m.line, m.amount, b.contract, NULL
FROM bank_match AS m
LEFT JOIN inbox AS b ON b.id = m.act_id
WHERE b.contract IS DISTINCT FROM m.contract;
