-- Payments out that nobody has explained (1221) are the lines out, less receipts taken back, refunds and compensation paid.
-- 待查付款（1221）等于付出流水减去银行退回的收款、已付退款和已付赔偿。
SELECT sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '1221'
    UNION ALL
    SELECT 0, -amount FROM bank_line WHERE amount < 0
    UNION ALL
    SELECT 0, -p.amount FROM payment_end AS e JOIN payment AS p ON p.key = e.payment WHERE e.why = 'reversed'
    UNION ALL
    SELECT 0, -amount FROM refund_payout
    UNION ALL
    SELECT 0, -c.amount FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
) AS sides
HAVING sum(ledger) <> sum(documents);
