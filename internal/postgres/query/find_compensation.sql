-- Compensation by its business id, and whether it says the same.
SELECT n, (contract, claim, amount) = (@contract, @claim::int, @amount::numeric) AS same
FROM compensation
WHERE id = @id;
