-- Months are closed in their order.
-- 月份按先后顺序结账。
SELECT month, closed_at, earlier_closed_at
FROM (SELECT month, closed_at, max(closed_at) OVER (ORDER BY month ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS earlier_closed_at
    FROM month_close) AS m
WHERE earlier_closed_at > closed_at
    OR month <> date_trunc('month', month)::date;
