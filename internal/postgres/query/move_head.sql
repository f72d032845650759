-- Moves the head to the last event that was appended.
UPDATE contract_head
SET events = @events, hash = @hash
WHERE contract = @contract;
