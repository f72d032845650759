-- The answer that stands.
SELECT answer
FROM inbox
WHERE id = @id
    AND answer IS NOT NULL;
