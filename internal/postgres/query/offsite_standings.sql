-- How contracts stand with their copies outside the cloud: one, or the next ones after one in the order of their numbers, with
-- what their last deployment left. Of those that are not in service only those that have a copy, unless it is asked for.
SELECT c.number, c.phase, c.start, newest.day, newest.taken_at, newest.verified_at, newest.bytes, newest.objects, newest.sha256,
    newest.key, (SELECT count(*) FROM offsite_good() AS g WHERE g.contract = c.number) AS copies, drill.day AS drill_day,
    drill.drilled_at, drill.into_system, drill.row_count, drill.file_count, drill.differences,
    coalesce((
        SELECT to_jsonb(e.event -> 'detail' -> 'resources')
        FROM contract_event AS e
        WHERE e.contract = c.number
            AND e.what = 'deployed'
        ORDER BY e.seq DESC
        LIMIT 1
    ), '[]'::jsonb) AS resources
FROM contract AS c
LEFT JOIN LATERAL (
    SELECT * FROM offsite_good() AS g WHERE g.contract = c.number ORDER BY g.taken_at DESC LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
    SELECT * FROM offsite_drill AS d WHERE d.contract = c.number ORDER BY d.drilled_at DESC LIMIT 1
) AS drill ON true
WHERE CASE
        WHEN @number <> '' THEN c.number = @number
        ELSE c.number > @after AND (c.phase = 'in-service' OR newest.day IS NOT NULL)
    END
ORDER BY c.number
LIMIT @most;
