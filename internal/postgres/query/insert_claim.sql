-- A claim of the customer, in full.
INSERT INTO claim (contract, n, id, clause, amount, claimed_on, matter, document_sha256, recorded_by)
VALUES (@contract, @n, @id, @clause, @amount, @on, @matter, nullif(@document, ''), @by);
