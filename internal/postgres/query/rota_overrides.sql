-- The overrides that were in force at an instant, in the order of entry; null: those in force now.
SELECT e.id, o.rotation, o.from_at AS "from", o.to_at AS "to", coalesce(o.person, '') AS person, e.reason, e.entered_by AS by,
    e.entered_at AS at, e.parts = 2 AS swap
FROM rota_entry AS e
JOIN rota_override AS o ON o.entry = e.id
LEFT JOIN rota_cancellation AS c ON c.entry = e.id AND c.cancelled_at <= coalesce(@at::timestamptz, 'infinity')
WHERE e.entered_at <= coalesce(@at::timestamptz, 'infinity')
    AND c.entry IS NULL
ORDER BY e.id, o.part;
