-- A price as the vendor published it. Its hash makes it one of its contract.
INSERT INTO price_quote (sha256, contract, kind, answer, total, fetched_at, valid_until)
VALUES (encode(sha256(@answer), 'hex'), @contract, 'published-list', @answer, @total, @fetched_at, @valid_until)
ON CONFLICT (contract, sha256) DO NOTHING;
