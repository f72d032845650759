-- Waits for acts that have their instant but are not committed yet.
SELECT FROM contract_head
WHERE contract = @contract
FOR SHARE;
