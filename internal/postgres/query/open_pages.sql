-- The pages that are due and not settled, so many of each person at most: first those that have got through nowhere, and of them
-- first pages. Each has its last try by each way, whose number counts them all.
WITH open AS (
    SELECT *, EXISTS (
        SELECT FROM page_try_end AS e WHERE e.key = page.key AND e.outcome IN ('sent', 'folded')
    ) AS through
    FROM page
    WHERE settled_at IS NULL
        AND at <= @now
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY recipient ORDER BY through, kind <> 'first', at, key) AS place
    FROM open
)
SELECT p.key, p.at, p.kind, p.contract, p.fault, p.rung, p.recipient AS "to", p.deadline, p.detail, t.tries
FROM placed AS p
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'key', t.key, 'way', t.way, 'number', t.number, 'room', t.room, 'message', t.message, 'began_at', t.began_at,
        'ended_at', e.ended_at, 'outcome', e.outcome, 'reference', e.reference, 'reason', e.reason, 'retry_at', e.retry_at
    )), '[]') AS tries
    FROM (SELECT DISTINCT ON (way) * FROM page_try WHERE key = p.key ORDER BY way, number DESC) AS t
    LEFT JOIN page_try_end AS e USING (key, way, number)
) AS t
WHERE p.place <= @most
ORDER BY p.through, p.kind <> 'first', p.at, p.key;
