-- The days of a contract's good copies, oldest first.
SELECT day
FROM offsite_good
WHERE contract = @contract
ORDER BY day;
