-- Every event that tells of money is booked, and nothing else is.
-- 每条款项证据均已入账，其他证据均不入账。
WITH told AS (
    SELECT contract, seq AS event_seq
    FROM contract_event
    WHERE what = 'money'
)
SELECT contract, event_seq, t.contract IS NOT NULL AS told, b.contract IS NOT NULL AS booked
FROM told AS t
FULL JOIN booked_step AS b USING (contract, event_seq)
WHERE t.contract IS NULL
    OR b.contract IS NULL;
