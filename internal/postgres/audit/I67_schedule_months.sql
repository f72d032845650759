-- What an invoice charges for is planned to be earned in the months of its service, or in the first open month.
-- 账单的收入计划落在其服务期各月，或首个未结账月份。
SELECT s.invoice, s.month, v.first, v.last, s.net
FROM revenue_schedule AS s
LEFT JOIN invoice_service AS v USING (invoice)
WHERE s.cause = s.invoice
    AND (v.invoice IS NULL
        OR s.month < date_trunc('month', v.first)::date
        OR (s.month > v.last AND NOT EXISTS (
            SELECT FROM month_close AS m
            WHERE (m.month + interval '1 month')::date = s.month
                AND m.closed_at < s.recorded_at)));
