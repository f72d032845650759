-- The open warnings of a contract, or of all where it is empty; and with closed, the last closed one of each gauge and sort.
SELECT contract, kind, resource, device, metric, what, class, percent, grows, per_day, days, since, opened_at, looked_at,
    told_at, told_class, quiet, closed_at, growth
FROM (
    SELECT DISTINCT ON (contract, resource, device, metric, what, closed_at IS NULL) *
    FROM capacity_warning
    WHERE (@contract = '' OR contract = @contract)
        AND (closed_at IS NULL OR @closed)
    ORDER BY contract, resource, device, metric, what, closed_at IS NULL, opened_at DESC
) AS last
ORDER BY contract, resource, metric, device, what, opened_at;
