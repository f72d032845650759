-- Faults whose next step should have been taken by now (§4.2): what the engine was to do next is overdue; and reports that it has
-- not taken up.
SELECT contract, fault, rung AS step, due_at, deadline_at AS deadline
FROM fault
WHERE state <> 'closed' AND due_at < @now
UNION ALL
SELECT contract, 0, 'report', received_at, NULL
FROM inbox
WHERE answer IS NULL AND name IN ('report-fault', 'reopen') AND received_at < @now
ORDER BY due_at;
