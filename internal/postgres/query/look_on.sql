-- Take a look to be the last one. No row is changed if it was taken before, or a later one was: it is kept already.
INSERT INTO capacity_look (contract, looked_at)
VALUES (@contract, @at)
ON CONFLICT (contract) DO UPDATE SET looked_at = excluded.looked_at
WHERE capacity_look.looked_at < excluded.looked_at;
