-- Keeps an attempt that was refused. Each is a row of its own: somebody who tries twice has tried twice.
INSERT INTO slack_attempt (team, member, person, what, contract, fault, reason, acted_at)
VALUES (@team, @member, @person, @what, @contract, @fault, @reason, @acted_at);
