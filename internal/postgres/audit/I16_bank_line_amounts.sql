-- Every line of the bank is posted with its amount.
-- 每条银行流水都按其金额入账。
WITH sides AS (
    SELECT t.id AS txn, e.account, NULL AS contract, e.amount AS expected, 0 AS found
    FROM bank_line AS l
    JOIN ledger_txn AS t ON t.key = 'bank/' || l.account || '/' || l.reference
    CROSS JOIN LATERAL (VALUES ('1002', l.amount), (CASE WHEN l.amount > 0 THEN '2203' ELSE '1221' END, -l.amount))
        AS e (account, amount)
    UNION ALL
    SELECT e.txn, e.account, e.contract, 0, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.document = 'bank-line'
)
SELECT t.key, o.account, o.contract, o.expected, o.found
FROM (
    SELECT txn, account, contract, sum(expected) AS expected, sum(found) AS found
    FROM sides
    GROUP BY txn, account, contract
    HAVING sum(expected) <> sum(found)
) AS o
JOIN ledger_txn AS t ON t.id = o.txn;
