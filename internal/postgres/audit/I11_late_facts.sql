-- A fact is booked on its own day, or on the first day of the first open month if its month was closed.
-- 每一事实记入其当日；该月已结账的，记入首个未结账月份的第一日。
WITH facts AS (
    SELECT 'bank/' || account || '/' || reference AS key, booked_on AS day, effective_on, recorded_at FROM bank_line
    UNION ALL
    SELECT key, received_on, effective_on, recorded_at FROM payment
    UNION ALL
    SELECT t.key, o.paid_on, t.effective_on, t.recorded_at
    FROM refund_payout AS o
    JOIN ledger_txn AS t ON t.key = o.contract || '/' || o.id || '/payout'
    UNION ALL
    SELECT t.key, o.paid_on, t.effective_on, t.recorded_at
    FROM compensation_payout AS o
    JOIN ledger_txn AS t ON t.key = o.contract || '/claim/' || o.claim || '/compensation/' || o.n || '/payout'
)
SELECT f.key, f.day AS expected, f.effective_on AS found
FROM facts AS f
WHERE f.effective_on <> f.day
    AND (f.effective_on < f.day OR NOT EXISTS (
        SELECT FROM month_close AS m
        WHERE (m.month + interval '1 month')::date = f.effective_on
            AND m.closed_at <= f.recorded_at
    ));
