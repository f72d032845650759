-- Acts stored a while ago and still without an answer: the first of every contract, then the second of every
-- contract and so on, so that one contract that does not answer never keeps the others out.
SELECT id, seq, name, contract, actor_who, actor_role, actor_way, received_at, body
FROM (
    SELECT *, row_number() OVER (PARTITION BY contract ORDER BY seq) AS place
    FROM inbox
    WHERE answer IS NULL
) waiting
WHERE stored_at < clock_timestamp() - @age::interval
ORDER BY place, stored_at, contract
LIMIT @limit;
