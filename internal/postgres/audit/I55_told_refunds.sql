-- The refunds have come as far as the evidence last told: asked, approved, confirmed, paid (§1.4).
-- 退款的进度与最后一次款项证据一致：申请、批准、红字确认、付款（§1.4）。
WITH last_told AS (
    SELECT contract, max(event_seq) AS seq
    FROM booked_step
    GROUP BY contract
), told AS (
    SELECT contract, r.refund ->> 'obligation' AS id, (r.refund ->> 'amount')::numeric AS amount,
        r.refund ->> 'approved_by' AS approved_by, r.refund ->> 'red' AS red, (r.refund ->> 'paid_on')::date AS paid_on
    FROM last_told
    JOIN contract_event AS e USING (contract, seq)
    CROSS JOIN LATERAL json_array_elements(e.event -> 'changed' -> 'money' -> 'refunds') AS r (refund)
    WHERE (r.refund ->> 'amount')::numeric > 0
), booked AS (
    SELECT contract, id, r.amount, a.approved_by, d.confirmation AS red, o.paid_on
    FROM refund AS r
    LEFT JOIN refund_approval AS a USING (contract, id)
    LEFT JOIN refund_red AS d USING (contract, id)
    LEFT JOIN refund_payout AS o USING (contract, id)
)
SELECT contract, id, t.amount AS expected, b.amount AS found, t.approved_by AS expected_approved_by,
    b.approved_by AS found_approved_by, t.red AS expected_red, b.red AS found_red, t.paid_on AS expected_on, b.paid_on AS found_on
FROM told AS t
FULL JOIN booked AS b USING (contract, id)
WHERE (t.amount, t.approved_by, t.red, t.paid_on) IS DISTINCT FROM (b.amount, b.approved_by, b.red, b.paid_on);
