-- The evidence of a contract in its order, byte for byte.
SELECT seq, event::text AS text, prev, hash, recorded_at
FROM contract_event
WHERE contract = @contract
ORDER BY seq;
