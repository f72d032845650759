-- Nothing is booked into a month after it was closed, by its own close or by that of a later month.
-- 月份结账后（含因后续月份结账而结清），不再记入任何分录。
WITH shut AS (
    SELECT m.month, min(c.closed_at) AS closed_at
    FROM (SELECT DISTINCT date_trunc('month', effective_on)::date AS month FROM ledger_txn) AS m
    JOIN month_close AS c ON c.month >= m.month
    GROUP BY m.month
)
SELECT t.key, t.effective_on, s.closed_at, t.recorded_at
FROM ledger_txn AS t
JOIN shut AS s ON s.month = date_trunc('month', t.effective_on)::date
WHERE t.recorded_at > s.closed_at;
