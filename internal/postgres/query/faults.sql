-- The faults of a contract in the order in which they were reported; of all contracts if it is empty.
SELECT contract,
    fault, state, sla, system, reopens, administrator, reported_at, entered_at, clock_at, deadline_at, response_at,
    responded_by, owner, plan_at, planned_by, breached_at, majeure_kind, majeure_at, lifted_at, resolved_at, closed_at,
    rung, awaits_approval, due_at, rev
FROM fault
WHERE @contract = '' OR contract = @contract
ORDER BY reported_at, contract, fault;
