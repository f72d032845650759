-- Begins to write a card, unless somebody else is at it: one that began and never said how it ended is taken over after a while,
-- and then the message may stand already.
WITH before AS (SELECT began_at FROM card WHERE channel = @channel AND contract = @contract AND subject = @subject)
INSERT INTO card (channel, contract, subject, key, ts, posts, rev, hash, closed, told, began_at)
VALUES (@channel, @contract, @subject, '', '', 0, 0, '', false, 0, @now)
ON CONFLICT (channel, contract, subject) DO UPDATE SET began_at = excluded.began_at
    WHERE card.began_at IS NULL OR card.began_at <= @lapsed
RETURNING (SELECT began_at FROM before) IS NOT NULL AS again;
