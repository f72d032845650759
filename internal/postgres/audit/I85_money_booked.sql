-- Every event that tells of money is booked, at the latest with the next one where the books refused it; nothing else is.
-- 每条款项证据均已入账，账务拒收的最迟随下一条入账；其他证据均不入账。
WITH told AS (
    SELECT contract, seq AS event_seq
    FROM contract_event
    WHERE what = 'money'
), last_booked AS (
    SELECT contract, max(event_seq) AS seq
    FROM booked_step
    GROUP BY contract
)
SELECT contract, event_seq, t.contract IS NOT NULL AS told, b.contract IS NOT NULL AS booked, r.trouble
FROM told AS t
FULL JOIN booked_step AS b USING (contract, event_seq)
LEFT JOIN last_booked AS l USING (contract)
LEFT JOIN booking_trouble AS r USING (contract, event_seq)
WHERE t.contract IS NULL
    OR (b.contract IS NULL AND (r.contract IS NULL OR event_seq > coalesce(l.seq, 0)));
