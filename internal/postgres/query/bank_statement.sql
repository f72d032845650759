-- The account for which a statement file was imported.
SELECT account
FROM bank_statement
WHERE sha256 = @sha256;
