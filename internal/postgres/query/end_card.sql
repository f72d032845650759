-- Keeps what a card says now, if it is still ours to write.
UPDATE card
SET key = @key, ts = @ts, posts = @posts, rev = @rev, hash = @hash, closed = @closed, told = @told, fresh_until = @fresh_until, began_at = NULL
WHERE channel = @channel
    AND contract = @contract
    AND subject = @subject
    AND began_at = @began_at;
