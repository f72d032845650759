-- Receivables waived (6702) are the write-offs.
-- 豁免的应收款（6702）等于豁免单之和。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '6702'
    UNION ALL
    SELECT contract, 0, amount FROM write_off
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
