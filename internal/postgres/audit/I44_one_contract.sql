-- Money is applied only within one contract: payment, invoice and refund are the same contract's.
-- 款项只在同一合同内核销：收款、账单和退款属于同一合同。
SELECT a.key, a.contract AS expected, p.contract AS of_payment, i.contract AS of_invoice, i.kind, r.contract AS of_refund
FROM allocation AS a
LEFT JOIN payment AS p ON p.key = a.payment
LEFT JOIN invoice AS i ON i.key = a.invoice
LEFT JOIN refund AS r ON r.contract = a.contract AND r.id = a.refund
WHERE p.contract IS DISTINCT FROM a.contract
    OR (a.invoice IS NOT NULL AND (i.contract, i.kind) IS DISTINCT FROM (a.contract, 'invoice'))
    OR (a.refund IS NOT NULL AND r.id IS NULL)
    OR (a.invoice IS NULL) = (a.refund IS NULL)
UNION ALL
SELECT w.key, w.contract, NULL, i.contract, i.kind, NULL
FROM write_off AS w
LEFT JOIN invoice AS i ON i.key = w.invoice
WHERE (i.contract, i.kind) IS DISTINCT FROM (w.contract, 'invoice');
