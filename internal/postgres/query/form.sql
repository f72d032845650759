-- One form by its number.
SELECT hash, terms, capital
FROM contract_form
WHERE number = @number;
