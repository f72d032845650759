-- Sets money of a movement aside for the act that tells a contract of it. The line is locked.
INSERT INTO bank_match (act_id, line, contract, amount, matched_by)
VALUES (@act, @line, @contract, @amount, @by)
ON CONFLICT (act_id) DO NOTHING;
