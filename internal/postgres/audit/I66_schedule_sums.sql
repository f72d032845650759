-- The revenue schedule of an invoice whose service has its days is its net amount less what was credited.
-- 服务期已定的账单，其收入计划合计等于不含税额减去贷项。
SELECT invoice, sum(net) AS expected, sum(planned) AS found
FROM (
    SELECT s.invoice, i.net, 0 AS planned FROM invoice_service AS s JOIN invoice AS i ON i.key = s.invoice
    UNION ALL
    SELECT s.invoice, c.net, 0 FROM invoice_service AS s JOIN invoice AS c ON c.credits = s.invoice
    UNION ALL
    SELECT invoice, 0, net FROM revenue_schedule
) AS sides
GROUP BY invoice
HAVING sum(net) <> sum(planned);
