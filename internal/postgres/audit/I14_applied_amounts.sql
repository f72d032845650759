-- The posting of an allocation or a write-off says what the document says.
-- 核销和豁免的分录与单据一致。
WITH sides AS (
    SELECT t.id AS txn, e.account, a.contract, e.amount AS expected, 0 AS found
    FROM allocation AS a
    JOIN ledger_txn AS t ON t.key = a.key
    CROSS JOIN LATERAL (VALUES ('2203', a.amount), (CASE WHEN a.refund IS NULL THEN '1122' ELSE '2241' END, -a.amount))
        AS e (account, amount)
    UNION ALL
    SELECT t.id, e.account, w.contract, e.amount, 0
    FROM write_off AS w
    JOIN ledger_txn AS t ON t.key = w.key
    CROSS JOIN LATERAL (VALUES ('6702', w.amount), ('1122', -w.amount)) AS e (account, amount)
    UNION ALL
    SELECT e.txn, e.account, e.contract, 0, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.document IN ('allocation', 'write-off')
)
SELECT t.key, o.account, o.contract, o.expected, o.found
FROM (
    SELECT txn, account, contract, sum(expected) AS expected, sum(found) AS found
    FROM sides
    GROUP BY txn, account, contract
    HAVING sum(expected) <> sum(found)
) AS o
JOIN ledger_txn AS t ON t.id = o.txn;
