-- A refund is paid whole: payout and line of the bank are its amount.
-- 退款全额支付：付款金额与银行流水均等于退款金额。
SELECT o.contract, o.id, r.amount AS expected, o.amount AS found, l.amount AS of_line
FROM refund_payout AS o
LEFT JOIN refund AS r USING (contract, id)
LEFT JOIN bank_line AS l ON l.id = o.line
WHERE r.amount IS DISTINCT FROM o.amount
    OR l.amount IS DISTINCT FROM -o.amount;
