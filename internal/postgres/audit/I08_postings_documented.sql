-- Every posting has its document, under its key and of its kind.
-- 每笔分录都有键值和类别相符的单据。
WITH documents AS (
    SELECT key, kind AS document FROM invoice
    UNION ALL
    SELECT key, 'payment' FROM payment
    UNION ALL
    SELECT payment || '/end', 'payment-end' FROM payment_end
    UNION ALL
    SELECT key, 'allocation' FROM allocation
    UNION ALL
    SELECT key, 'write-off' FROM write_off
    UNION ALL
    SELECT contract || '/' || id || '/payout', 'refund-payout' FROM refund_payout
    UNION ALL
    SELECT 'bank/' || account || '/' || reference, 'bank-line' FROM bank_line
    UNION ALL
    SELECT 'revenue/' || invoice || '/' || to_char(month, 'YYYY-MM'), 'revenue' FROM revenue
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n, 'compensation' FROM compensation
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n || '/payout', 'compensation-payout' FROM compensation_payout
)
SELECT t.key, t.document, t.contract, t.effective_on, t.actor
FROM ledger_txn AS t
WHERE NOT EXISTS (SELECT FROM documents AS d WHERE d.key = t.key AND d.document = t.document);
