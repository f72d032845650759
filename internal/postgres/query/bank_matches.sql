-- What was matched of a movement to a contract, the last first. It stands while it has no answer, and once the contract has
-- the money, until that is moved away or taken back.
SELECT m.act_id, m.amount, i.body,
    i.answer IS NULL OR NOT i.answer ? 'refusal' AND (m.amount < 0 OR EXISTS (
        SELECT FROM payment AS p
        WHERE p.line = m.line AND p.contract = m.contract AND NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key)
    )) AS stands
FROM bank_match AS m
JOIN inbox AS i ON i.id = m.act_id
WHERE m.line = @line
    AND m.contract = @contract
ORDER BY i.seq DESC;
