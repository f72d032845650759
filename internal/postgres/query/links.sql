-- How the link of each member stands, of one workspace or of all (null).
SELECT DISTINCT ON (team, what) id, team, contract, what, state, person, reason, said_by AS by, way, at
FROM approval
WHERE what LIKE 'link/%'
    AND team = coalesce(@team, team)
ORDER BY team, what, id DESC;
