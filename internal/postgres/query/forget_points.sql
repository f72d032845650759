-- Forget the points that are older than they are kept.
DELETE FROM measurement
WHERE contract = @contract
    AND at < @before;
