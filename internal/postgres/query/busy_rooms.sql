-- The rooms that take no message at the moment.
SELECT way, room, free_at
FROM page_room
WHERE free_at > @now;
