-- Matters of contracts that wait for somebody, what was asked for and awaits another person, and those that are over and whose card does not say so yet, each with its card.
SELECT c.number AS contract, c.customer, c.language, o.id AS what, m.open, c.phase, c.fee, c.ends_on, c.ended_on, c.held_by,
    o.status, o.due_on, o.attention, 0::cny AS amount, NULL::timestamptz AS until, o.opened_at AS since,
    CASE WHEN o.id = 'destruction' THEN p.people ELSE '[]' END AS confirmed, t.offered, NULL::jsonb AS approval, to_jsonb(k) AS card
FROM obligation o
JOIN contract c ON c.number = o.contract
LEFT JOIN card k ON k.channel = @channel AND k.contract = o.contract AND k.subject = o.id
CROSS JOIN LATERAL (
    SELECT o.status IN ('pending', 'overdue', 'frozen')
        AND (o.id = 'destruction' OR o.id LIKE 'renewal-talks/%' OR o.id = 'first-payment' AND o.status = 'overdue' OR o.attention <> '')
        AS open
) m
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(e.event -> 'actor' ->> 'who' ORDER BY e.seq), '[]') AS people
    FROM contract_event e
    WHERE o.id = 'destruction'
        AND e.contract = o.contract
        AND e.subject = o.contract
        AND e.what = 'confirm'
) p
LEFT JOIN LATERAL (
    SELECT CASE WHEN e.what = 'offer' THEN i.body END AS offered
    FROM contract_event e
    JOIN inbox i ON i.id = e.event ->> 'act_id'
    WHERE o.id LIKE 'renewal-talks/%'
        AND e.contract = o.contract
        AND e.subject = o.contract
        AND e.what IN ('offer', 'answer')
    ORDER BY e.seq DESC
    LIMIT 1
) t ON true
WHERE m.open
    OR NOT k.closed
UNION ALL
SELECT c.number, c.customer, c.language, 'quote', m.open, c.phase, c.fee, c.ends_on, c.ended_on, c.held_by,
    '', NULL, '', c.quoted, c.quoted_until, NULL, '[]', NULL, NULL, to_jsonb(k)
FROM contract c
LEFT JOIN card k ON k.channel = @channel AND k.contract = c.number AND k.subject = 'quote'
CROSS JOIN LATERAL (SELECT c.quoted > 0 AND coalesce(c.quoted_until > @now, true) AS open) m
WHERE m.open
    OR NOT k.closed
UNION ALL
SELECT a.contract, coalesce(c.customer, ''), coalesce(c.language, ''), a.what, a.state = 'pending', coalesce(c.phase, ''), 0, NULL, NULL, '',
    '', NULL, '', 0, NULL, a.at, '[]', NULL, to_jsonb(a), to_jsonb(k)
FROM (
    SELECT DISTINCT ON (team, contract, what) id, team, contract, what, state, person, reason, said_by AS by, way, at
    FROM approval
    ORDER BY team, contract, what, id DESC
) a
LEFT JOIN contract c ON c.number = a.contract
LEFT JOIN card k ON k.channel = @channel AND k.contract = a.contract AND k.subject = a.what
WHERE a.state = 'pending'
    OR NOT k.closed
ORDER BY since NULLS FIRST, contract, what;
