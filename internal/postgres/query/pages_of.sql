-- The pages of a contract in the order in which they fell due, settled or not, each with its last try by each way.
SELECT p.key, p.at, p.kind, p.contract, p.fault, p.rung, p.recipient AS "to", p.deadline, p.detail, t.tries
FROM page AS p
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'key', t.key, 'way', t.way, 'number', t.number, 'room', t.room, 'message', t.message, 'began_at', t.began_at,
        'ended_at', e.ended_at, 'outcome', e.outcome, 'reference', e.reference, 'reason', e.reason, 'retry_at', e.retry_at
    ) ORDER BY t.way), '[]') AS tries
    FROM (SELECT DISTINCT ON (way) * FROM page_try WHERE key = p.key ORDER BY way, number DESC) AS t
    LEFT JOIN page_try_end AS e USING (key, way, number)
) AS t
WHERE p.contract = @contract
ORDER BY p.at, p.enqueued_at, p.key;
