-- A fault as it is after an event; its place is that of the event that first told of it.
INSERT INTO fault (
    contract, fault, state, sla, system, reopens, administrator, reported_at, entered_at, clock_at, deadline_at,
    response_at, responded_by, owner, plan_at, planned_by, breached_at, majeure_kind, majeure_at, lifted_at,
    resolved_at, closed_at, rung, awaits_approval, due_at, rev, event_seq
) VALUES (
    @contract, @fault, @state, @sla, @system, @reopens, @administrator, @reported_at, @entered_at, @clock_at,
    @deadline_at, @response_at, @responded_by, @owner, @plan_at, @planned_by, @breached_at, @majeure_kind, @majeure_at,
    @lifted_at, @resolved_at, @closed_at, @rung, @awaits_approval, @due_at, @rev, @event_seq
)
ON CONFLICT (contract, fault) DO UPDATE
SET state = excluded.state,
    sla = excluded.sla,
    system = excluded.system,
    reopens = excluded.reopens,
    administrator = excluded.administrator,
    reported_at = excluded.reported_at,
    entered_at = excluded.entered_at,
    clock_at = excluded.clock_at,
    deadline_at = excluded.deadline_at,
    response_at = excluded.response_at,
    responded_by = excluded.responded_by,
    owner = excluded.owner,
    plan_at = excluded.plan_at,
    planned_by = excluded.planned_by,
    breached_at = excluded.breached_at,
    majeure_kind = excluded.majeure_kind,
    majeure_at = excluded.majeure_at,
    lifted_at = excluded.lifted_at,
    resolved_at = excluded.resolved_at,
    closed_at = excluded.closed_at,
    rung = excluded.rung,
    awaits_approval = excluded.awaits_approval,
    due_at = excluded.due_at,
    rev = excluded.rev;
