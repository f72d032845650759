-- No document is posted twice.
-- 任何单据都不重复入账。
SELECT key, count(*) AS postings
FROM ledger_txn
GROUP BY key
HAVING count(*) > 1;
