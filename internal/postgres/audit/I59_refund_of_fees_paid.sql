-- A refund of §1.4 gives back at most the fees that were paid when it was asked for.
-- §1.4 退款不超过其申请时已付的费用。
WITH approved AS MATERIALIZED (
    SELECT r.contract, r.id, r.amount, r.recorded_at
    FROM refund AS r
    JOIN refund_approval AS a USING (contract, id)
    WHERE r.reason = 'load-shortfall'
)
SELECT r.contract, r.id, coalesce(sum(a.amount), 0) AS most, r.amount AS found
FROM approved AS r
LEFT JOIN (
    SELECT a.contract, a.amount, a.recorded_at
    FROM allocation AS a
    JOIN invoice AS i ON i.key = a.invoice
    WHERE i.charge = 'annual-fee'
) AS a ON a.contract = r.contract AND a.recorded_at < r.recorded_at
GROUP BY r.contract, r.id, r.amount
HAVING r.amount > coalesce(sum(a.amount), 0);
