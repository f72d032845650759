-- Credits that nobody has matched to anything yet.
SELECT l.id AS line, l.account, l.reference, l.booked_on AS "on", l.amount, l.payer, l.memo, '' AS contract
FROM bank_line AS l
WHERE l.amount > 0
    AND NOT EXISTS (SELECT FROM payment WHERE line = l.id)
    AND NOT EXISTS (SELECT FROM bank_match WHERE line = l.id)
ORDER BY l.booked_on, l.id;
