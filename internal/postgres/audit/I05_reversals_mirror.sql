-- A posting that reverses another takes back exactly what that one booked.
-- 冲销分录恰好冲回被冲销的分录。
WITH both_postings AS (
    SELECT t.key, e.account, e.contract, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.reverses IS NOT NULL
    UNION ALL
    SELECT t.key, e.account, e.contract, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.reverses
    WHERE t.reverses IS NOT NULL
)
SELECT key, account, contract, sum(amount) AS off
FROM both_postings
GROUP BY key, account, contract
HAVING sum(amount) <> 0;
