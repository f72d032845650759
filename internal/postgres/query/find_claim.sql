-- A claim by its business id, and whether it says the same.
SELECT n, (contract, clause, amount, claimed_on) = (@contract, @clause, @amount::numeric, @on::date) AS same
FROM claim
WHERE id = @id;
