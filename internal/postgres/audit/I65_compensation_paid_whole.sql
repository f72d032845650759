-- Compensation is paid whole, by a line of the bank that is at least its amount.
-- 赔偿全额支付，银行流水不少于其金额。
SELECT o.contract, o.claim, o.n, -c.amount AS expected, l.amount AS found
FROM compensation_payout AS o
LEFT JOIN compensation AS c USING (contract, claim, n)
LEFT JOIN bank_line AS l ON l.id = o.line
WHERE c.amount IS NULL
    OR l.amount IS NULL
    OR l.amount > -c.amount;
