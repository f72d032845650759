-- The posting of a refund that was paid, of compensation and of its payment says what the document says.
-- 退款付款、赔偿及其付款的分录与单据一致。
WITH sides AS (
    SELECT t.id AS txn, e.account, e.contract, e.amount AS expected, 0 AS found
    FROM refund_payout AS o
    JOIN ledger_txn AS t ON t.key = o.contract || '/' || o.id || '/payout'
    CROSS JOIN LATERAL (VALUES ('2241', o.contract, o.amount), ('1221', NULL, -o.amount)) AS e (account, contract, amount)
    UNION ALL
    SELECT t.id, e.account, c.contract, e.amount, 0
    FROM compensation AS c
    JOIN ledger_txn AS t ON t.key = c.contract || '/claim/' || c.claim || '/compensation/' || c.n
    CROSS JOIN LATERAL (VALUES ('6711', c.amount), ('2241', -c.amount)) AS e (account, amount)
    UNION ALL
    SELECT t.id, e.account, e.contract, e.amount, 0
    FROM compensation_payout AS o
    JOIN compensation AS c USING (contract, claim, n)
    JOIN ledger_txn AS t ON t.key = c.contract || '/claim/' || c.claim || '/compensation/' || c.n || '/payout'
    CROSS JOIN LATERAL (VALUES ('2241', c.contract, c.amount), ('1221', NULL, -c.amount)) AS e (account, contract, amount)
    UNION ALL
    SELECT e.txn, e.account, e.contract, 0, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.document IN ('refund-payout', 'compensation', 'compensation-payout')
)
SELECT t.key, o.account, o.contract, o.expected, o.found
FROM (
    SELECT txn, account, contract, sum(expected) AS expected, sum(found) AS found
    FROM sides
    GROUP BY txn, account, contract
    HAVING sum(expected) <> sum(found)
) AS o
JOIN ledger_txn AS t ON t.id = o.txn;
