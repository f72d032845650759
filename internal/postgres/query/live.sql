-- The contracts that a notice of the calendar can still concern: those that are not over, also those of which only
-- the form is known, and those with a duty whose day is not final.
SELECT f.number
FROM contract_form f
LEFT JOIN contract c ON c.number = f.number
WHERE c.phase IS DISTINCT FROM 'destroyed'
    OR EXISTS (SELECT FROM obligation o WHERE o.contract = f.number AND o.provisional)
ORDER BY f.number;
