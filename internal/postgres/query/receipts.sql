-- The receipts of a contract in the order in which they were recorded.
SELECT reference, amount, credited_on AS "on", at, account, coalesce(line, 0) AS line, held, gone
FROM receipt
WHERE contract = @contract
ORDER BY event_seq, reference;
