-- The number of a document tells its series, its year of issue and its place.
-- 单据编号即其序列、开具年份和序号。
SELECT key, kind, issued_on, series || '-' || year || '-' || lpad(no::text, greatest(6, length(no::text)), '0') AS expected,
    number AS found
FROM invoice
WHERE number <> series || '-' || year || '-' || lpad(no::text, greatest(6, length(no::text)), '0')
    OR year <> extract(year FROM issued_on)
    OR series <> CASE kind WHEN 'invoice' THEN 'INV' ELSE 'CN' END;
