-- The tries by which pages of the faults of a contract were not taken, in the order in which they were begun.
SELECT p.contract, p.fault, t.key, t.way, t.number, t.room, t.message, t.began_at, e.ended_at, e.outcome, e.reference, e.reason, e.retry_at
FROM page AS p
JOIN page_try AS t USING (key)
JOIN page_try_end AS e USING (key, way, number)
WHERE p.contract = @contract
    AND p.fault > 0
    AND e.outcome IN ('failed', 'gave-up')
ORDER BY t.began_at, t.key, t.way, t.number;
