-- The attempts since an instant, the first one first.
SELECT team, member, person, what, contract, fault, reason, acted_at, at
FROM slack_attempt
WHERE at >= @since::timestamptz
ORDER BY id;
