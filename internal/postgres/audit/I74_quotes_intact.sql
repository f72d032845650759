-- The vendor's prices are kept as they came, byte for byte (§5.7).
-- 云厂商报价逐字节保存，未被改动（§5.7）。
SELECT sha256 AS expected, encode(sha256(answer), 'hex') AS found, contract
FROM price_quote
WHERE sha256 <> encode(sha256(answer), 'hex');
