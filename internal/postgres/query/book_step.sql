-- Marks an event as booked; no row if it was, so that a step told twice is booked once. No month closes until the commit.
WITH shared AS MATERIALIZED (
    SELECT pg_advisory_xact_lock_shared(books_lock())
)
INSERT INTO booked_step (contract, event_seq)
SELECT @contract, @event_seq FROM shared
ON CONFLICT DO NOTHING;
