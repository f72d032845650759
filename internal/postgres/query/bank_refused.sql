-- How often a contract has refused money of a line.
SELECT count(*)::int
FROM bank_match AS m
JOIN inbox AS i ON i.id = m.act_id
WHERE m.line = @line
    AND m.contract = @contract
    AND i.answer ? 'refusal';
