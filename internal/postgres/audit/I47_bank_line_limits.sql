-- A line of the bank is used at most once in full, with what acts under way have set aside.
-- 每条银行流水至多全额使用一次，含正在办理的操作所占用的部分。
WITH uses AS (
    SELECT p.line, p.amount
    FROM payment AS p
    WHERE NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key AND e.why = 'moved')
    UNION ALL
    SELECT e.line, p.amount FROM payment_end AS e JOIN payment AS p ON p.key = e.payment WHERE e.line IS NOT NULL
    UNION ALL
    SELECT line, amount FROM refund_payout
    UNION ALL
    SELECT o.line, c.amount FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
    UNION ALL
    SELECT m.line, abs(m.amount) FROM bank_match AS m JOIN inbox AS b ON b.id = m.act_id WHERE b.answer IS NULL
), used AS (
    SELECT line, sum(amount) AS amount
    FROM uses
    GROUP BY line
)
SELECT u.line, l.reference, abs(l.amount) AS most, u.amount AS found
FROM used AS u
LEFT JOIN bank_line AS l ON l.id = u.line
WHERE l.id IS NULL
    OR u.amount > abs(l.amount);
