-- What the last nightly audit found, and contracts with a step that the books refused and no later one has made good.
SELECT coalesce(audited.ran_at, 'epoch'), coalesce(jsonb_array_length(audited.failed), 0), (
        SELECT count(DISTINCT t.contract)
        FROM booking_trouble AS t
        WHERE NOT EXISTS (SELECT FROM booked_step AS b WHERE b.contract = t.contract AND b.event_seq > t.event_seq)
    )
FROM (VALUES (1)) AS once
LEFT JOIN (SELECT ran_at, failed FROM audit_run ORDER BY id DESC LIMIT 1) AS audited ON true;
