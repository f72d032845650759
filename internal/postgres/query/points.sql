-- What was measured of a contract after an instant, by gauge and time.
SELECT kind, resource, device, metric, at, percent
FROM measurement
WHERE contract = @contract
    AND at > @after
ORDER BY resource, metric, device, at;
