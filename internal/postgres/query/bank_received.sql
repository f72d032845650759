-- What a contract got under a reference and has still.
SELECT p.amount
FROM payment AS p
WHERE p.contract = @contract
    AND p.reference = @reference
    AND NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key);
