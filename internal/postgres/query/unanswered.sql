-- The acts of a contract without an answer, in the order of receipt.
SELECT id, seq, settled, name, contract, actor_who, actor_role, actor_way, received_at, body
FROM inbox
WHERE contract = @contract
    AND seq > @after
    AND answer IS NULL
    AND (@before::timestamptz IS NULL OR received_at < @before)
ORDER BY seq;
