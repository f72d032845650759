-- A duty as it is after an event; its place is that of the event that first told of it.
INSERT INTO obligation (contract, id, clause, owed_by, opened_at, rule, counted_from, named, due_on, due_at,
    provisional, calendar, status, settled_at, closed_at, reminded_at, attention, moved, event_seq)
VALUES (@contract, @id, @clause, @owed_by, @opened_at, @rule, @from, @named, @due_on, @due_at,
    @provisional, @calendar, @status, @settled_at, @closed_at, @reminded_at, @attention, @moved, @event_seq)
ON CONFLICT (contract, id) DO UPDATE
SET clause = excluded.clause,
    owed_by = excluded.owed_by,
    opened_at = excluded.opened_at,
    rule = excluded.rule,
    counted_from = excluded.counted_from,
    named = excluded.named,
    due_on = excluded.due_on,
    due_at = excluded.due_at,
    provisional = excluded.provisional,
    calendar = excluded.calendar,
    status = excluded.status,
    settled_at = excluded.settled_at,
    closed_at = excluded.closed_at,
    reminded_at = excluded.reminded_at,
    attention = excluded.attention,
    moved = excluded.moved;
