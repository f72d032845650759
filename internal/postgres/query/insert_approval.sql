-- A word about something that is asked for. Words are locked, so that each was checked against the last.
INSERT INTO approval (team, contract, what, state, person, reason, said_by, way)
VALUES (@team, @contract, @what, @state, @person, @reason, @by, @way)
RETURNING id, at;
