-- What was refused to a contract, in the order of receipt.
SELECT received_at, name, answer
FROM inbox
WHERE contract = @contract
    AND answer ? 'refusal'
ORDER BY seq;
