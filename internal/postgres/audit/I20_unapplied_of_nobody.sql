-- Unapplied cash of no contract (2203) is what came in and no contract has got; what the bank took back went out elsewhere.
-- 不属于任何合同的待核销收款（2203）等于尚未归入合同的到账款项；银行退回的款项另由付出流水反映。
SELECT sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '2203' AND contract IS NULL
    UNION ALL
    SELECT 0, amount FROM bank_line WHERE amount > 0
    UNION ALL
    SELECT 0, -p.amount
    FROM payment AS p
    WHERE NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key AND e.why = 'moved')
) AS sides
HAVING sum(ledger) <> sum(documents);
