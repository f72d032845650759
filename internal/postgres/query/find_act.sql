-- An act that is stored under this id, its answer, and whether it asks for the same.
SELECT id, seq, name, contract, fault, actor_who, actor_role, actor_way, received_at, body, answer,
    contract = @contract AND fault = @fault AND name = @name AND body = @body::jsonb AS same
FROM inbox
WHERE id = @id;
