-- The fault of a contract that is looked after and was reported last for the same system; none: no row.
SELECT fault
FROM fault
WHERE contract = @contract
    AND system = @system
    AND state NOT IN ('resolved', 'closed')
    AND reported_at > @since::timestamptz
ORDER BY fault DESC
LIMIT 1;
