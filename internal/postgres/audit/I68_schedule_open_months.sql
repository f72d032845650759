-- No revenue is planned for a month that was closed, nor taken from one.
-- 收入计划不增减已结账月份的收入。
WITH shut AS (
    SELECT p.month, min(c.closed_at) AS closed_at
    FROM (SELECT DISTINCT month FROM revenue_schedule) AS p
    JOIN month_close AS c ON c.month >= p.month
    GROUP BY p.month
)
SELECT s.invoice, s.month, s.cause, s.net, m.closed_at, s.recorded_at
FROM revenue_schedule AS s
JOIN shut AS m USING (month)
WHERE s.recorded_at > m.closed_at;
