-- The messages of a contract in the order in which they were recorded.
SELECT at, recipient AS "to", about, kind
FROM notice
WHERE contract = @contract
ORDER BY event_seq;
