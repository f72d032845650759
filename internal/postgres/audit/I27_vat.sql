-- Output VAT (2221) is the tax on invoices less that on credit notes.
-- 销项税（2221）等于账单税额减去贷项税额。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '2221'
    UNION ALL
    SELECT contract, 0, tax FROM invoice
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
