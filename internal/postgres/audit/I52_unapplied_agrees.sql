-- What the contract says was received and not applied is its unapplied cash in the ledger (2203).
-- 合同所载已收未核销的款项等于其待核销收款科目（2203）余额。
SELECT contract, sum(workflow) AS expected, sum(ledger) AS found
FROM (
    SELECT contract, amount AS workflow, 0 AS ledger FROM receipt WHERE gone IS NULL
    UNION ALL
    SELECT number, -applied, 0 FROM contract
    UNION ALL
    SELECT contract, 0, -amount FROM ledger_entry WHERE account = '2203' AND contract IS NOT NULL
) AS sides
GROUP BY contract
HAVING sum(workflow) <> sum(ledger);
