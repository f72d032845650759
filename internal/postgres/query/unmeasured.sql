-- The contracts in service that nobody has measured since an instant, though they were usable then; and how many there are
-- in service.
SELECT c.number, l.looked_at, count(*) OVER () AS contracts, coalesce(l.looked_at, deployed.at, '-infinity') < @since AS overdue
FROM contract c
LEFT JOIN capacity_look l ON l.contract = c.number
LEFT JOIN LATERAL (
    SELECT max(e.at) AS at FROM contract_event e WHERE e.contract = c.number AND e.what = 'deployed'
) AS deployed ON true
WHERE c.phase = 'in-service'
ORDER BY c.number;
