-- The net amount of an invoice is its gross amount by one plus the rate, half a fen rounded up.
-- 账单的不含税额等于含税额除以一加税率，四舍五入到分。
SELECT key, gross, vat_rate, round(gross / (1 + vat_rate), 2) AS expected, net AS found
FROM invoice
WHERE kind = 'invoice'
    AND net <> round(gross / (1 + vat_rate), 2);
