-- The good copies of a contract, oldest first.
SELECT contract, day, taken_at, verified_at, bytes, objects, sha256, key
FROM offsite_good()
WHERE contract = @contract
ORDER BY day;
