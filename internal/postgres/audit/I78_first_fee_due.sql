-- The first fee is due on the fifth working day after signing, by the calendar by which it was counted (§5.4).
-- 首期费用的到期日为签署后第五个工作日，按计数所用的日历（§5.4）。
SELECT o.contract, o.id, o.counted_from, f.nth AS from_nth, o.due_on AS found, d.nth AS found_nth, d.working
FROM obligation AS o
JOIN calendar_laid_out AS c ON c.version = o.calendar
JOIN calendar_day AS f ON f.day = o.counted_from
JOIN calendar_day AS d ON d.day = o.due_on
WHERE o.id = 'first-payment'
    AND o.rule = 'first-payment'
    AND o.status <> 'void'
    AND NOT o.provisional
    AND NOT f.provisional
    AND NOT d.provisional
    AND (d.nth <> f.nth + 5 OR NOT d.working);
