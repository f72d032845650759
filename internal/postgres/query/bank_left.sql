-- What is left of a movement: what no contract has got, no payout has explained, and no act under way has set aside. Money
-- that the bank took back is not left: it is gone.
SELECT l.amount
    - coalesce((SELECT sum(p.amount) FROM payment AS p
        WHERE p.line = l.id AND NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key AND e.why = 'moved')), 0)
    - coalesce((SELECT sum(m.amount) FROM bank_match AS m JOIN inbox ON inbox.id = m.act_id
        WHERE m.line = l.id AND inbox.answer IS NULL), 0)
    + coalesce((SELECT sum(p.amount) FROM payment_end AS e JOIN payment AS p ON p.key = e.payment WHERE e.line = l.id), 0)
    + coalesce((SELECT sum(amount) FROM refund_payout WHERE line = l.id), 0)
    + coalesce((SELECT sum(c.amount) FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
        WHERE o.line = l.id), 0)
FROM bank_line AS l
WHERE l.id = @line;
