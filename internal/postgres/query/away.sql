-- The faults whose pages Slack did not take for a time, so that they went by other ways, and of which the evidence does not tell yet;
-- only where Slack takes messages again, and every page of the fault that it did not take has got there, or never will.
WITH told AS (
    SELECT contract, subject, max(at) AS until
    FROM contract_event
    WHERE what = 'slack-away'
    GROUP BY contract, subject
), untaken AS (
    SELECT p.contract, p.fault, min(t.began_at) AS since, max(t.began_at) AS last
    FROM page_try AS t
    JOIN page_try_end AS e USING (key, way, number)
    JOIN page AS p USING (key)
    LEFT JOIN told ON told.contract = p.contract AND told.subject = 'fault/' || p.fault
    WHERE t.way = 'slack'
        AND t.began_at > @since
        AND e.outcome = 'failed'
        AND p.fault > 0
        AND t.began_at > coalesce(told.until, '-infinity')
    GROUP BY p.contract, p.fault
)
SELECT u.contract, u.fault, u.since, back.until, other.ways
FROM untaken AS u
CROSS JOIN LATERAL (
    SELECT min(e.ended_at) AS until
    FROM page_try AS t
    JOIN page_try_end AS e USING (key, way, number)
    WHERE t.way = 'slack'
        AND t.began_at > u.last
        AND e.outcome IN ('sent', 'folded')
) AS back
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT t.way) AS ways
    FROM page AS p
    JOIN page_try AS t USING (key)
    JOIN page_try_end AS e USING (key, way, number)
    WHERE p.contract = u.contract
        AND p.fault = u.fault
        AND t.way <> 'slack'
        AND t.began_at BETWEEN u.since AND back.until
        AND e.outcome IN ('sent', 'folded')
) AS other
WHERE back.until IS NOT NULL
    AND other.ways IS NOT NULL
    AND NOT EXISTS (
        SELECT
        FROM page AS p
        JOIN page_try AS t ON t.key = p.key AND t.way = 'slack'
        WHERE p.contract = u.contract
            AND p.fault = u.fault
            AND p.settled_at IS NULL
            AND NOT EXISTS (
                SELECT
                FROM page_try_end AS e
                WHERE e.key = p.key AND e.way = 'slack' AND e.outcome IN ('sent', 'folded')
            )
    )
ORDER BY u.contract, u.fault;
