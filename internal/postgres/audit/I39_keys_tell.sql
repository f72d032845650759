-- The key of an invoice, a credit note or a payment tells what it is, and counts without a gap.
-- 账单、贷项和收款的键值与其内容一致，且连续计数。
WITH counted AS (
    SELECT key, contract || '/invoice/' || obligation || '/' AS stem, count(*) OVER (PARTITION BY contract, obligation) AS most
    FROM invoice
    WHERE kind = 'invoice'
    UNION ALL
    SELECT key, credits || '/credit/', count(*) OVER (PARTITION BY credits)
    FROM invoice
    WHERE kind = 'credit-note'
    UNION ALL
    SELECT key, contract || '/payment/' || reference || '/', count(*) OVER (PARTITION BY contract, reference)
    FROM payment
)
SELECT key, stem AS expected, most
FROM counted
WHERE NOT starts_with(key, stem)
    OR substr(key, length(stem) + 1) !~ '^[1-9][0-9]{0,8}$'
    OR CASE WHEN substr(key, length(stem) + 1) ~ '^[1-9][0-9]{0,8}$' THEN substr(key, length(stem) + 1)::int END > most;
