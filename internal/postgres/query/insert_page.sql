-- A page for one person. Its key makes it one: written again, whatever with, it changes nothing.
INSERT INTO page (key, at, kind, contract, fault, rung, recipient, deadline, detail)
VALUES (@key, @at, @kind, @contract, @fault, @rung, @to, @deadline, @detail)
ON CONFLICT (key) DO NOTHING;
