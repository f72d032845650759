-- Nothing more is to be done about these pages. Said again, it changes nothing.
UPDATE page
SET settled_at = @now
WHERE key = ANY (@keys)
    AND settled_at IS NULL;
