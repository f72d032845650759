-- Revenue (6001) is what was recognised month by month, less what credit notes took back at once.
-- 主营业务收入（6001）等于各月确认的收入，减去贷项即时冲回的部分。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, -amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '6001'
    UNION ALL
    SELECT i.contract, 0, r.net FROM revenue AS r JOIN invoice AS i ON i.key = r.invoice
    UNION ALL
    SELECT i.contract, 0, s.net FROM revenue_schedule AS s JOIN invoice AS i ON i.key = s.invoice WHERE s.at_once
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
