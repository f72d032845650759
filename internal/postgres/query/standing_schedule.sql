-- The revenue schedules of a contract's invoices.
SELECT s.invoice, s.month, s.net
FROM revenue_schedule AS s
JOIN invoice AS i ON i.key = s.invoice
WHERE i.contract = @contract
    AND NOT s.at_once
ORDER BY s.invoice, s.month, s.cause;
