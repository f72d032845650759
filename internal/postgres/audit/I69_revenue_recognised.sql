-- The revenue of closed months is what was planned for them, invoice by invoice; no other month has any.
-- 已结账月份的收入等于其收入计划，逐账单相符；其他月份没有收入。
SELECT invoice, month, sum(planned) AS expected, sum(recognised) AS found
FROM (
    SELECT invoice, month, net AS planned, 0 AS recognised
    FROM revenue_schedule
    WHERE NOT at_once
        AND month <= (SELECT max(month) FROM month_close)
    UNION ALL
    SELECT invoice, month, 0, net FROM revenue
) AS sides
GROUP BY invoice, month
HAVING sum(planned) <> sum(recognised);
