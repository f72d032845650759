-- One override of an entry.
INSERT INTO rota_override (entry, part, rotation, from_at, to_at, person)
VALUES (@entry, @part, @rotation, @from, @to, nullif(@person, ''));
