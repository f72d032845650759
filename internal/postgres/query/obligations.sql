-- The duties of a contract in the order in which they opened.
SELECT id, clause, owed_by, opened_at, rule, counted_from AS "from", named, due_on, due_at, provisional, calendar,
    status, settled_at, closed_at, reminded_at, attention, moved
FROM obligation
WHERE contract = @contract
ORDER BY opened_at, event_seq;
