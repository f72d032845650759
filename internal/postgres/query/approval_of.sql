-- One word.
SELECT id, team, contract, what, state, person, reason, said_by AS by, way, at
FROM approval
WHERE id = @id;
