-- The open duty of every contract that comes due first; one in dispute, then one without a day, come last.
SELECT DISTINCT ON (contract)
    contract, id, clause, owed_by, opened_at, rule, counted_from AS "from", named, due_on, due_at, provisional,
    calendar, status, settled_at, closed_at, reminded_at, attention, moved
FROM obligation
WHERE status IN ('pending', 'overdue', 'frozen')
ORDER BY contract, status = 'frozen', due_at NULLS LAST, opened_at, id;
