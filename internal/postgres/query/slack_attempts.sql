-- The attempts since an instant (null: all), the first one first.
SELECT team, member, person, what, contract, fault, reason, acted_at, at
FROM slack_attempt
WHERE at >= coalesce(@since::timestamptz, '-infinity')
ORDER BY id;
