-- An override or a swap; its overrides are written in the same transaction.
INSERT INTO rota_entry (parts, reason, entered_by)
VALUES (@parts, @reason, @by)
RETURNING id, entered_at;
