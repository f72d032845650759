-- Compensation (6711) is what was approved on claims (§7.3).
-- 赔偿支出（6711）等于已批准的赔偿（§7.3）。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '6711'
    UNION ALL
    SELECT contract, 0, amount FROM compensation
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
