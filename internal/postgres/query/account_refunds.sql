-- The refunds of a contract in the order in which they were asked for.
SELECT r.id, r.amount, r.reason, r.requested_by, coalesce(a.approved_by, '') AS approved_by,
    coalesce(a.red_wanted, false) AS red_wanted, coalesce(d.confirmation, '') AS red, o.paid_on
FROM refund AS r
LEFT JOIN refund_approval AS a USING (contract, id)
LEFT JOIN refund_red AS d USING (contract, id)
LEFT JOIN refund_payout AS o USING (contract, id)
WHERE r.contract = @contract
ORDER BY r.recorded_at;
