-- A refund is approved by another person than the one who asked for it (§1.4).
-- 退款由申请人以外的另一人批准（§1.4）。
SELECT a.contract, a.id, r.requested_by AS expected_request, a.requested_by AS found_request, a.approved_by
FROM refund_approval AS a
LEFT JOIN refund AS r USING (contract, id)
WHERE r.id IS NULL
    OR a.requested_by <> r.requested_by
    OR lower(btrim(a.approved_by)) = lower(btrim(r.requested_by));
