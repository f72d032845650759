-- The next number of a claim of the contract.
SELECT coalesce(max(n), 0) + 1
FROM claim
WHERE contract = @contract;
