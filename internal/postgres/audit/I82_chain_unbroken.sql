-- The evidence of a contract is one chain from its number on: no event is missing, moved or slipped in.
-- 每份合同的证据自合同编号起连成一链：没有缺失、移位或插入。
WITH links AS (
    SELECT contract, seq, prev, lag(hash) OVER chain AS before, row_number() OVER chain AS place
    FROM contract_event
    WINDOW chain AS (PARTITION BY contract ORDER BY seq)
)
SELECT contract, place AS expected_seq, seq AS found_seq, before AS expected, prev AS found
FROM links
WHERE seq <> place
    OR prev <> coalesce(before, encode(sha256(convert_to(contract, 'UTF8')), 'hex'));
