-- The next contracts, by number, whose servers and databases are watched (§3.6): those in service, and those that no longer
-- are while a warning stands.
SELECT c.number
FROM contract c
WHERE c.number > @after
    AND (
        c.phase = 'in-service'
        OR EXISTS (SELECT FROM capacity_warning w WHERE w.contract = c.number AND w.closed_at IS NULL)
    )
ORDER BY c.number
LIMIT @most;
