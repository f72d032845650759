-- Acts that a contract, or one of its faults, must apply, in the order of receipt: those without an answer, and those that were
-- done, since a worker that died right after the record may have to take the step again.
SELECT id, seq, name, contract, fault, actor_who, actor_role, actor_way, received_at, body
FROM inbox
WHERE contract = @contract
    AND fault = @fault
    AND seq > @after
    AND (answer IS NULL OR NOT answer ? 'refusal')
    AND (@before::timestamptz IS NULL OR received_at < @before)
ORDER BY seq
LIMIT @limit;
