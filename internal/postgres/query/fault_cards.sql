-- Faults whose card is missing or says what is no longer so, or whose thread may have something to tell, each with its card and
-- with what was said and done about it. What is over for long has no card and gets none. Of the cards whose time left is out of
-- date there are as many as can be written soon, the oldest first.
WITH stale AS (
    SELECT contract, subject
    FROM card
    WHERE channel = @channel AND NOT closed AND fresh_until <= @now::timestamptz
    ORDER BY fresh_until
    LIMIT 20
)
SELECT f.contract, coalesce(c.customer, '') AS customer, coalesce(c.language, '') AS language,
    coalesce(r.reporter, '') AS reporter, coalesce(r.text, '') AS text,
    f.fault, f.state, f.sla, f.system, f.reopens, f.administrator, f.reported_at, f.entered_at, f.clock_at, f.deadline_at,
    f.response_at, f.responded_by, f.owner, f.plan_at, f.planned_by, f.breached_at, f.majeure_kind, f.majeure_at, f.lifted_at,
    f.resolved_at, f.closed_at, f.rung, f.awaits_approval, f.due_at, f.rev,
    n.notes, to_jsonb(k) AS card
FROM fault f
LEFT JOIN contract c ON c.number = f.contract
LEFT JOIN card k ON k.channel = @channel AND k.contract = f.contract AND k.subject = 'fault/' || f.fault
LEFT JOIN LATERAL (
    SELECT i.body ->> 'reporter' AS reporter, i.body ->> 'text' AS text
    FROM contract_event e
    JOIN inbox i ON i.id = e.event ->> 'act_id'
    WHERE e.contract = f.contract
        AND e.seq <= f.event_seq
        AND e.what IN ('report-fault', 'reopen')
    ORDER BY e.seq DESC
    LIMIT 1
) r ON true
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'seq', e.seq, 'at', e.at, 'what', e.what, 'who', e.event -> 'actor' ->> 'who',
        'body', CASE WHEN e.what = 'slack-away' THEN (e.event -> 'detail')::jsonb ELSE i.body END,
        'old', e.event ->> 'old', 'new', e.event ->> 'new', 'page', e.event -> 'changed' -> 'page'
    ) ORDER BY e.seq), '[]') AS notes
    FROM contract_event e
    LEFT JOIN inbox i ON i.id = e.event ->> 'act_id'
    WHERE e.contract = f.contract
        AND e.subject = 'fault/' || f.fault
        AND (i.id IS NOT NULL OR e.what IN ('sla', 'breach-corrected', 'slack-away')
            OR e.what = 'page' AND e.event -> 'changed' -> 'page' ->> 'kind' = 'warning')
) n
WHERE (f.state <> 'closed' OR f.closed_at > @now::timestamptz - interval '1 day' OR k.rev < f.rev)
    AND (coalesce(k.ts, '') = ''
        OR k.rev < f.rev
        OR (k.contract, k.subject) IN (SELECT contract, subject FROM stale)
        OR EXISTS (
            SELECT FROM contract_event e
            WHERE e.contract = f.contract
                AND e.subject = 'fault/' || f.fault
                AND e.seq > k.told
                AND (e.event ->> 'act_id' IS NOT NULL OR e.what IN ('sla', 'breach-corrected', 'slack-away')
                    OR e.what = 'page' AND e.event -> 'changed' -> 'page' ->> 'kind' = 'warning')
        ))
ORDER BY f.reported_at, f.contract, f.fault;
