-- Stores a form and the head of its chain; a number that is known stays as it is.
WITH form AS (
    INSERT INTO contract_form (number, hash, terms, capital)
    VALUES (@number, @hash, @terms, @capital)
    ON CONFLICT (number) DO NOTHING
    RETURNING number
)
INSERT INTO contract_head (contract, hash)
SELECT number, encode(sha256(convert_to(number, 'UTF8')), 'hex')
FROM form;
