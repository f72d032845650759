-- The posting of an invoice or a credit note says what the document says: gross, net, tax, and what was revenue already.
-- 账单和贷项通知单的分录与单据一致：含税额、不含税额、税额及已确认的收入。
WITH taken_back AS (
    SELECT cause, -sum(net) AS net
    FROM revenue_schedule
    WHERE at_once
    GROUP BY cause
), documents AS (
    SELECT i.key, i.contract, i.gross, i.net, i.tax, coalesce(b.net, 0) AS earned
    FROM invoice AS i
    LEFT JOIN taken_back AS b ON b.cause = i.key || '/earned'
), sides AS (
    SELECT t.id AS txn, e.account, d.contract, e.amount AS expected, 0 AS found
    FROM documents AS d
    JOIN ledger_txn AS t ON t.key = d.key
    CROSS JOIN LATERAL (VALUES ('1122', d.gross), ('2205', -d.net - d.earned), ('6001', d.earned), ('2221', -d.tax))
        AS e (account, amount)
    UNION ALL
    SELECT e.txn, e.account, e.contract, 0, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.document IN ('invoice', 'credit-note')
)
SELECT t.key, o.account, o.contract, o.expected, o.found
FROM (
    SELECT txn, account, contract, sum(expected) AS expected, sum(found) AS found
    FROM sides
    GROUP BY txn, account, contract
    HAVING sum(expected) <> sum(found)
) AS o
JOIN ledger_txn AS t ON t.id = o.txn;
