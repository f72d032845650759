-- What a contract owes (1122) is what its invoices leave open: less credit notes, money applied, and waivers.
-- 合同的应收账款（1122）等于其未结账单：减去贷项、已核销款项和豁免。
SELECT contract, sum(ledger) AS ledger, sum(documents) AS documents
FROM (
    SELECT contract, amount AS ledger, 0 AS documents FROM ledger_entry WHERE account = '1122'
    UNION ALL
    SELECT contract, 0, gross FROM invoice
    UNION ALL
    SELECT contract, 0, -amount FROM allocation WHERE invoice IS NOT NULL
    UNION ALL
    SELECT contract, 0, -amount FROM write_off
) AS sides
GROUP BY contract
HAVING sum(ledger) <> sum(documents);
