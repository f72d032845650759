-- Begins tries. One that somebody else has begun is not among the rows, and not to be made.
INSERT INTO page_try (key, way, number, room, message, began_at)
SELECT key, way, number, room, message, began_at
FROM jsonb_to_recordset(@tries) AS t (key text, way text, number int, room text, message text, began_at timestamptz)
ORDER BY key, way, number
ON CONFLICT (key, way, number) DO NOTHING
RETURNING key, way;
