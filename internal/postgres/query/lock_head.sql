-- Locks a contract: what is given a seq or an instant under this lock is given in order.
SELECT acts, events, hash
FROM contract_head
WHERE contract = @contract
FOR UPDATE;
