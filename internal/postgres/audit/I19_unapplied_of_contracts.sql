-- Unapplied cash of a contract (2203) is what its payments have not given to an invoice or a refund.
-- 合同的待核销收款（2203）等于其收款中未核销至账单或退款的部分。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '2203' AND contract IS NOT NULL
    UNION ALL
    SELECT p.contract, 0, p.amount
    FROM payment AS p
    WHERE NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key)
    UNION ALL
    SELECT contract, 0, -amount FROM allocation
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
