-- Every money document has its posting, of its kind and its contract.
-- 每张涉及款项的单据都有其分录，且类别和合同一致。
WITH documents AS (
    SELECT key, kind AS document, contract FROM invoice
    UNION ALL
    SELECT key, 'payment', contract FROM payment
    UNION ALL
    SELECT e.payment || '/end', 'payment-end', p.contract FROM payment_end AS e LEFT JOIN payment AS p ON p.key = e.payment
    UNION ALL
    SELECT key, 'allocation', contract FROM allocation
    UNION ALL
    SELECT key, 'write-off', contract FROM write_off
    UNION ALL
    SELECT contract || '/' || id || '/payout', 'refund-payout', contract FROM refund_payout
    UNION ALL
    SELECT 'bank/' || account || '/' || reference, 'bank-line', NULL FROM bank_line
    UNION ALL
    SELECT 'revenue/' || r.invoice || '/' || to_char(r.month, 'YYYY-MM'), 'revenue', i.contract
    FROM revenue AS r
    LEFT JOIN invoice AS i ON i.key = r.invoice
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n, 'compensation', contract FROM compensation
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n || '/payout', 'compensation-payout', contract
    FROM compensation_payout
)
SELECT d.key, d.document AS expected, t.document AS found, d.contract AS expected_contract, t.contract AS found_contract
FROM documents AS d
LEFT JOIN ledger_txn AS t ON t.key = d.key
WHERE t.document IS DISTINCT FROM d.document
    OR t.contract IS DISTINCT FROM d.contract;
