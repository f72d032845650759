INSERT INTO work_progress (contract, duty, looked_at, pieces)
VALUES (@contract, @duty, clock_timestamp(), @pieces)
ON CONFLICT (contract, duty) DO UPDATE SET looked_at = excluded.looked_at, pieces = excluded.pieces
