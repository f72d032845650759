-- The last day of a fee's last invoice is that of the duty to pay it (§5.4, §5.6).
-- 费用最后一版账单的到期日与付款义务的到期日一致（§5.4、§5.6）。
WITH last_invoice AS (
    SELECT DISTINCT ON (contract, obligation) contract, obligation, key
    FROM invoice
    WHERE kind = 'invoice'
    ORDER BY contract, obligation, revision DESC
), last_due AS (
    SELECT DISTINCT ON (invoice) invoice AS key, due_on
    FROM invoice_due
    ORDER BY invoice, event_seq DESC
)
SELECT i.key, o.due_on AS expected, d.due_on AS found
FROM last_invoice AS i
JOIN obligation AS o ON o.contract = i.contract AND o.id = i.obligation
LEFT JOIN last_due AS d USING (key)
WHERE o.due_on IS NOT NULL
    AND d.due_on IS DISTINCT FROM o.due_on;
