-- When these rooms take their next message, after it is known what became of the last.
UPDATE page_room AS p
SET free_at = r.free_at
FROM jsonb_to_recordset(@rooms) AS r (way text, room text, free_at timestamptz)
WHERE p.way = r.way
    AND p.room = r.room;
