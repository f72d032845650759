-- The last word about something that was asked for.
SELECT id, team, contract, what, state, person, reason, said_by AS by, way, at
FROM approval
WHERE team = @team
    AND contract = @contract
    AND what = @what
ORDER BY id DESC
LIMIT 1;
