-- When the next page falls due; NULL if none waits.
SELECT min(at)
FROM page
WHERE settled_at IS NULL
    AND at > @now;
