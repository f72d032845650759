-- Every event that tells how a renewal stands is kept, and nothing else is (§5.6).
-- 每条续签进展证据均已留存，此外别无其他（§5.6）。
WITH told AS (
    SELECT contract, seq AS event_seq
    FROM contract_event
    WHERE what = 'outlook'
)
SELECT contract, event_seq, t.contract IS NOT NULL AS told, o.contract IS NOT NULL AS kept
FROM told AS t
FULL JOIN renewal_outlook AS o USING (contract, event_seq)
WHERE t.contract IS NULL
    OR o.contract IS NULL;
