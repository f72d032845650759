-- No refund is paid for which its money was not set aside before.
-- 支付退款前，其款项均已预留。
SELECT o.contract, o.id, o.amount AS expected, coalesce(sum(a.amount), 0) AS found
FROM refund_payout AS o
LEFT JOIN allocation AS a ON a.contract = o.contract AND a.refund = o.id AND a.recorded_at <= o.recorded_at
GROUP BY o.contract, o.id, o.amount
HAVING o.amount > coalesce(sum(a.amount), 0);
