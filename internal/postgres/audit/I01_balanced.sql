-- Every posting sums to zero.
-- 每笔分录借贷平衡。
SELECT t.key, e.txn, e.off
FROM (
    SELECT txn, sum(amount) AS off
    FROM ledger_entry
    GROUP BY txn
    HAVING sum(amount) <> 0
) AS e
LEFT JOIN ledger_txn AS t ON t.id = e.txn;
