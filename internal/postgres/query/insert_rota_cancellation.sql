-- Takes an entry out of force, once; nothing is written for one that is cancelled already, or over.
INSERT INTO rota_cancellation (entry, reason, cancelled_by)
SELECT e.id, @reason, @by
FROM rota_entry AS e
WHERE e.id = @entry
    AND EXISTS (SELECT FROM rota_override WHERE entry = e.id AND to_at > clock_timestamp())
ON CONFLICT (entry) DO NOTHING;
