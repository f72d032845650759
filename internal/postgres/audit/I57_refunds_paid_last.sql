-- A refund is paid only after its approval, and after its red fapiao is confirmed where one is wanted (§1.4).
-- 退款须经批准后方可支付；需红字发票的，须先确认红字（§1.4）。
SELECT o.contract, o.id, a.approved_on, a.red_wanted, d.confirmation, o.paid_on
FROM refund_payout AS o
LEFT JOIN refund_approval AS a USING (contract, id)
LEFT JOIN refund_red AS d USING (contract, id)
WHERE a.id IS NULL
    OR o.paid_on < a.approved_on
    OR (a.red_wanted AND (d.confirmation IS NULL OR d.recorded_at > o.recorded_at));
