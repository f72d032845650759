-- Stores a changed form; the same one again stays as it is.
INSERT INTO amended_form (number, hash, terms, capital)
VALUES (@number, @hash, @terms, @capital)
ON CONFLICT (number, hash) DO NOTHING;
