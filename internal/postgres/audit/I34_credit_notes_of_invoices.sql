-- A credit note takes back an invoice, for a reason, and says what its invoice says.
-- 贷项通知单冲减某一账单，载明事由，其余内容与账单一致。
SELECT c.key, c.credits, c.reason, i.kind AS of_kind, c.contract, i.contract AS of_contract, c.vat_rate, i.vat_rate AS of_vat_rate
FROM invoice AS c
LEFT JOIN invoice AS i ON i.key = c.credits
WHERE (c.kind = 'credit-note' OR c.credits IS NOT NULL)
    AND (c.kind <> 'credit-note'
        OR i.kind IS DISTINCT FROM 'invoice'
        OR c.reason NOT IN ('repriced', 'void', 'refund')
        OR c.issued_on < i.issued_on
        OR (c.contract, c.charge, c.obligation, c.revision, c.service_year, c.vat_rate, c.buyer, c.seller)
            IS DISTINCT FROM (i.contract, i.charge, i.obligation, i.revision, i.service_year, i.vat_rate, i.buyer, i.seller));
