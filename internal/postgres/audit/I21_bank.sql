-- Money at the bank (1002) is the sum of the bank's lines.
-- 银行存款（1002）等于银行流水之和。
SELECT sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '1002'
    UNION ALL
    SELECT 0, amount FROM bank_line
) AS sides
HAVING sum(ledger) <> sum(documents);
