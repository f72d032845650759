-- Takes the rooms that are free, for the one message that is about to be written there. A room that another sender has taken is
-- not among the rows. In one order, so that two senders do not wait for each other.
INSERT INTO page_room (way, room, free_at)
SELECT way, room, free_at
FROM jsonb_to_recordset(@rooms) AS r (way text, room text, free_at timestamptz)
ORDER BY way, room
ON CONFLICT (way, room) DO UPDATE SET free_at = excluded.free_at WHERE page_room.free_at <= @now
RETURNING way, room, free_at;
