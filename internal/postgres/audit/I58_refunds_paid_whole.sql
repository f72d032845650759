-- A refund is paid whole, by a line of the bank that is at least its amount.
-- 退款全额支付，银行流水不少于其金额。
SELECT o.contract, o.id, r.amount AS expected, o.amount AS found, l.amount AS of_line
FROM refund_payout AS o
LEFT JOIN refund AS r USING (contract, id)
LEFT JOIN bank_line AS l ON l.id = o.line
WHERE r.amount IS DISTINCT FROM o.amount
    OR l.amount IS NULL
    OR l.amount > -o.amount;
