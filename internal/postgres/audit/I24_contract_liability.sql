-- Contract liability (2205) is what was invoiced without tax, less what was credited and what was earned.
-- 合同负债（2205）等于已开账单的不含税额，减去贷项和已确认的收入。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '2205'
    UNION ALL
    SELECT contract, 0, net FROM invoice
    UNION ALL
    SELECT i.contract, 0, -s.net FROM revenue_schedule AS s JOIN invoice AS i ON i.key = s.invoice WHERE s.at_once
    UNION ALL
    SELECT i.contract, 0, -r.net FROM revenue AS r JOIN invoice AS i ON i.key = r.invoice
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
