-- Every event of the evidence is what its hash says.
-- 每条证据与其哈希值相符。
SELECT contract, seq, encode(sha256(convert_to(prev || event::text, 'UTF8')), 'hex') AS expected, hash AS found
FROM contract_event
WHERE hash <> encode(sha256(convert_to(prev || event::text, 'UTF8')), 'hex');
