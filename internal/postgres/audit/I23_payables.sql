-- What a contract gets back (2241) is what was set aside for refunds and approved as compensation, less what was paid.
-- 应付合同客户的款项（2241）等于为退款预留及批准的赔偿，减去已付部分。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '2241'
    UNION ALL
    SELECT contract, 0, amount FROM allocation WHERE refund IS NOT NULL
    UNION ALL
    SELECT contract, 0, -amount FROM refund_payout
    UNION ALL
    SELECT contract, 0, amount FROM compensation
    UNION ALL
    SELECT o.contract, 0, -c.amount FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
