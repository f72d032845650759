-- Movements that people entered, confirmed by the lines of a statement.
INSERT INTO bank_confirmation (line, statement, statement_line)
SELECT line, @sha256, number
FROM unnest(@lines::bigint[], @numbers::int[]) AS confirmed (line, number);
