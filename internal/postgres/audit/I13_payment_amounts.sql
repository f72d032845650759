-- The posting of a payment, and of its end, says what the payment says.
-- 收款及其终止的分录与收款一致。
WITH sides AS (
    SELECT t.id AS txn, '2203' AS account, e.contract, e.amount AS expected, 0 AS found
    FROM payment AS p
    JOIN ledger_txn AS t ON t.key = p.key
    CROSS JOIN LATERAL (VALUES (NULL, p.amount), (p.contract, -p.amount)) AS e (contract, amount)
    UNION ALL
    SELECT t.id, e.account, e.contract, e.amount, 0
    FROM payment_end AS d
    JOIN payment AS p ON p.key = d.payment
    JOIN ledger_txn AS t ON t.key = p.key || '/end'
    CROSS JOIN LATERAL (VALUES
        ('2203', p.contract, p.amount), (CASE d.why WHEN 'reversed' THEN '1221' ELSE '2203' END, NULL, -p.amount))
        AS e (account, contract, amount)
    UNION ALL
    SELECT e.txn, e.account, e.contract, 0, e.amount
    FROM ledger_txn AS t
    JOIN ledger_entry AS e ON e.txn = t.id
    WHERE t.document IN ('payment', 'payment-end')
)
SELECT t.key, o.account, o.contract, o.expected, o.found
FROM (
    SELECT txn, account, contract, sum(expected) AS expected, sum(found) AS found
    FROM sides
    GROUP BY txn, account, contract
    HAVING sum(expected) <> sum(found)
) AS o
JOIN ledger_txn AS t ON t.id = o.txn;
