-- Contracts in force of whose money the books were never told.
SELECT number
FROM contract AS c
WHERE effective IS NOT NULL
    AND NOT EXISTS (SELECT FROM booked_step AS b WHERE b.contract = c.number)
ORDER BY number;
