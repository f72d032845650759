-- Every contract knows where its evidence ends, so that no tail can be cut off.
-- 每份合同都记有其证据的末端，尾部不能被截去。
WITH last_event AS (
    SELECT contract, seq, e.hash
    FROM (SELECT contract, max(seq) AS seq FROM contract_event GROUP BY contract) AS ends
    JOIN contract_event AS e USING (contract, seq)
)
SELECT f.number AS contract, coalesce(e.seq, 0) AS expected, h.events AS found,
    coalesce(e.hash, encode(sha256(convert_to(f.number, 'UTF8')), 'hex')) AS expected_hash, h.hash AS found_hash
FROM contract_form AS f
LEFT JOIN contract_head AS h ON h.contract = f.number
LEFT JOIN last_event AS e ON e.contract = f.number
WHERE h.events IS DISTINCT FROM coalesce(e.seq, 0)
    OR h.hash IS DISTINCT FROM coalesce(e.hash, encode(sha256(convert_to(f.number, 'UTF8')), 'hex'));
