-- A copy that was read back. The day makes it one of its contract: whoever tells of it again changes nothing.
INSERT INTO offsite_copy (contract, day, taken_at, verified_at, bytes, objects, sha256, key)
VALUES (@contract, @day, @taken_at, @verified_at, @bytes, @objects, @sha256, @key)
ON CONFLICT (contract, day) DO NOTHING;
