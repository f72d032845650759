-- Answers an act unless it has an answer: the first one stands, so this may be repeated.
UPDATE inbox
SET answer = @answer, answered_at = clock_timestamp()
WHERE id = @id
    AND (@contract = '' OR contract = @contract)
    AND answer IS NULL;
