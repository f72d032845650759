-- What §1.4 gives back is credited: approved refunds are backed by credit notes, for them or for a year that never began.
-- §1.4 退还的费用均已冲减：已批准的退款有相应的贷项通知单，或属从未开始的年度。
SELECT contract, sum(credited) AS most, sum(approved) AS found
FROM (
    SELECT contract, -gross AS credited, 0 AS approved FROM invoice WHERE kind = 'credit-note' AND reason IN ('refund', 'void')
    UNION ALL
    SELECT r.contract, 0, r.amount
    FROM refund AS r
    JOIN refund_approval AS a USING (contract, id)
    WHERE r.reason = 'load-shortfall'
) AS sides
GROUP BY contract
HAVING sum(approved) > sum(credited);
