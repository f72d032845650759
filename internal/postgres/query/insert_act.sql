-- Stores an act as the next of its contract; the head is locked. The instant is that of the lock unless one is
-- given, and never earlier than the one before it, even if the server's clock was set back.
WITH head AS (
    UPDATE contract_head
    SET acts = acts + 1, heard_at = greatest(heard_at, clock_timestamp())
    WHERE contract = @contract
    RETURNING acts AS seq, heard_at
)
INSERT INTO inbox (id, contract, fault, seq, name, actor_who, actor_role, actor_way, received_at, stored_at, body)
SELECT @id, @contract, @fault, seq,
    @name, @who, @role, @way, coalesce(@received_at::timestamptz, heard_at), heard_at, @body
FROM head
RETURNING seq, received_at;
