-- Every posting has at least two lines.
-- 每笔分录至少有两行。
SELECT t.key, coalesce(e.lines, 0) AS lines
FROM ledger_txn AS t
LEFT JOIN (
    SELECT txn, count(*) AS lines
    FROM ledger_entry
    GROUP BY txn
) AS e ON e.txn = t.id
WHERE coalesce(e.lines, 0) < 2;
