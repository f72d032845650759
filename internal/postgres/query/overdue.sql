-- Acts stored a while ago and still without an answer: the first of every contract and fault, then the second
-- of each and so on, so that one that does not answer never keeps the others out.
SELECT id, seq, name, contract, fault, actor_who, actor_role, actor_way, received_at, body
FROM (
    SELECT *, row_number() OVER (PARTITION BY contract, fault ORDER BY seq) AS place
    FROM inbox
    WHERE answer IS NULL
) waiting
WHERE stored_at < clock_timestamp() - @age::interval
ORDER BY place, stored_at, contract, fault
LIMIT @limit;
