-- What each room was told of each kind within a minute: the messages of one page, counted, and the newest message for many that
-- was begun within it, with its first pages.
WITH recent AS MATERIALIZED (
    SELECT t.way, t.room, p.kind, t.message, t.began_at, e.outcome, e.reference, p.at, p.key
    FROM page_try AS t
    JOIN page_try_end AS e USING (key, way, number)
    JOIN page AS p USING (key)
    WHERE t.began_at > @since
        AND t.began_at <= @now
        AND e.outcome IN ('sent', 'folded')
), singles AS (
    SELECT way, room, kind, count(*) AS singles
    FROM recent
    WHERE outcome = 'sent'
    GROUP BY way, room, kind
), messages AS (
    SELECT way, room, kind, message, min(began_at) AS since, count(*) AS count,
        (array_agg(reference ORDER BY began_at DESC))[1] AS reference
    FROM recent
    WHERE outcome = 'folded'
    GROUP BY way, room, kind, message
), many AS (
    SELECT DISTINCT ON (way, room, kind) *
    FROM messages AS m
    WHERE NOT EXISTS (SELECT FROM page_try AS older WHERE older.message = m.message AND older.began_at <= @since)
    ORDER BY way, room, kind, since DESC
)
SELECT way, room, kind, coalesce(singles, 0)::int AS singles, coalesce(count, 0)::int AS count, coalesce(message, '') AS message,
    coalesce(reference, '') AS reference, since, pages
FROM singles
FULL JOIN many USING (way, room, kind)
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'key', p.key, 'at', p.at, 'kind', p.kind, 'contract', p.contract, 'fault', p.fault, 'rung', p.rung,
        'to', p.recipient, 'deadline', p.deadline, 'detail', p.detail) ORDER BY first.began_at, first.at, first.key), '[]') AS pages
    FROM (SELECT * FROM recent AS r WHERE r.message = many.message ORDER BY began_at, at, key LIMIT @listed) AS first
    JOIN page AS p USING (key)
) AS listed;
