-- A drill. Its instant makes it one of its contract.
INSERT INTO offsite_drill (contract, day, drilled_at, into_system, row_count, file_count, differences)
VALUES (@contract, @day, @at, @into, @rows, @files, @differences)
ON CONFLICT (contract, drilled_at) DO NOTHING;
