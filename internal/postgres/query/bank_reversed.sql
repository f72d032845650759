-- Reversals that people have entered without the bank's reference, and that no statement has confirmed.
SELECT l.id, l.booked_on, l.amount
FROM bank_line AS l
WHERE l.account IN (@account, '')
    AND l.statement IS NULL
    AND l.amount < 0
    AND l.reference ~ '/reversed(#|$)'
    AND NOT EXISTS (SELECT FROM bank_confirmation AS c WHERE c.line = l.id)
ORDER BY l.id;
