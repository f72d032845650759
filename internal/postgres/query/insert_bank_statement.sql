-- A statement file, each once.
INSERT INTO bank_statement (sha256, name, account, lines, imported_by)
VALUES (@sha256, @name, @account, @lines, @by);
