-- The end of a contract's chain.
SELECT acts, events, hash
FROM contract_head
WHERE contract = @contract;
