-- A document and its posting have the same effective day.
-- 单据与其分录的入账日一致。
WITH documents AS (
    SELECT key, issued_on AS effective_on FROM invoice
    UNION ALL
    SELECT key, effective_on FROM payment
    UNION ALL
    SELECT payment || '/end', ended_on FROM payment_end
    UNION ALL
    SELECT key, effective_on FROM allocation
    UNION ALL
    SELECT key, effective_on FROM write_off
    UNION ALL
    SELECT 'bank/' || account || '/' || reference, effective_on FROM bank_line
    UNION ALL
    SELECT 'revenue/' || invoice || '/' || to_char(month, 'YYYY-MM'), (month + interval '1 month - 1 day')::date FROM revenue
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n, payable_on FROM compensation
)
SELECT d.key, d.effective_on AS expected, t.effective_on AS found
FROM documents AS d
JOIN ledger_txn AS t ON t.key = d.key
WHERE t.effective_on <> d.effective_on;
