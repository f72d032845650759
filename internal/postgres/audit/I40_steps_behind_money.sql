-- Money is applied and let go only by a step that the evidence tells of and the books have booked.
-- 核销和豁免都出自已记证据且已入账的步骤。
WITH keyed AS (
    SELECT key, contract, regexp_match(substr(key, length(contract) + 1), '^/step/([1-9][0-9]{0,17})/apply/[1-9][0-9]*$') AS step
    FROM allocation
    UNION ALL
    SELECT key, contract, regexp_match(substr(key, length(contract) + 1), '^/step/([1-9][0-9]{0,17})/write-off/[1-9][0-9]*$')
    FROM write_off
)
SELECT k.key, k.contract, k.step[1] AS step
FROM keyed AS k
LEFT JOIN booked_step AS b ON b.contract = k.contract AND b.event_seq = k.step[1]::bigint
WHERE b.event_seq IS NULL
    OR NOT starts_with(k.key, k.contract);
