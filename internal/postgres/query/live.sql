-- The contracts that are not over, also those of which only the form is known.
SELECT f.number
FROM contract_form f
LEFT JOIN contract c ON c.number = f.number
WHERE c.phase IS DISTINCT FROM 'destroyed'
ORDER BY f.number;
