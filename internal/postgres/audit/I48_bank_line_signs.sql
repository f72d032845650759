-- Payments rest on money that came in; what the bank took back, refunds and compensation on money that went out.
-- 收款对应到账流水；银行退回、退款和赔偿对应付出流水。
WITH uses AS (
    SELECT key, line, 1 AS sign FROM payment
    UNION ALL
    SELECT payment || '/end', line, -1 FROM payment_end WHERE why = 'reversed'
    UNION ALL
    SELECT contract || '/' || id || '/payout', line, -1 FROM refund_payout
    UNION ALL
    SELECT contract || '/claim/' || claim || '/compensation/' || n || '/payout', line, -1 FROM compensation_payout
    UNION ALL
    SELECT 'act ' || act_id, line, sign(amount)::int FROM bank_match
)
SELECT u.key, u.line, u.sign AS expected, sign(l.amount) AS found
FROM uses AS u
LEFT JOIN bank_line AS l ON l.id = u.line
WHERE sign(l.amount) IS DISTINCT FROM u.sign;
