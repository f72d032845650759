-- Faults whose next step should have been taken by now (§4.2): what the engine was to do next is overdue.
SELECT contract, fault, rung AS step, due_at, deadline_at AS deadline
FROM fault
WHERE state <> 'closed' AND due_at < @now
ORDER BY due_at;
