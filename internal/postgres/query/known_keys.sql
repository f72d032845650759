-- Which of these events stand already.
SELECT key
FROM contract_event
WHERE contract = @contract
    AND key = ANY(@keys);
