-- How far the refunds of a contract have come.
SELECT r.id, a.id IS NOT NULL AS approved, d.id IS NOT NULL AS red, o.id IS NOT NULL AS paid
FROM refund AS r
LEFT JOIN refund_approval AS a USING (contract, id)
LEFT JOIN refund_red AS d USING (contract, id)
LEFT JOIN refund_payout AS o USING (contract, id)
WHERE r.contract = @contract;
