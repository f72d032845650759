-- Every posting sums to zero.
-- 每笔分录借贷平衡。
SELECT t.key, sum(e.amount) AS off
FROM ledger_entry AS e
JOIN ledger_txn AS t ON t.id = e.txn
GROUP BY t.key
HAVING sum(e.amount) <> 0;
