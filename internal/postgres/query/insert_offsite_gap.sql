-- A gap, once for each newest copy.
INSERT INTO offsite_gap (contract, since, found_at)
VALUES (@contract, @since, @at)
ON CONFLICT (contract, since) DO NOTHING;
