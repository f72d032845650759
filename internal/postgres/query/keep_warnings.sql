-- Bring the warnings of a contract to where a look has left them; one that it opens is new.
INSERT INTO capacity_warning AS w (contract, resource, device, metric, what, opened_at, kind, class, percent, grows, per_day,
    days, since, looked_at, told_at, told_class, quiet, growth, closed_at)
SELECT @contract, resource, coalesce(device, ''), metric, what, opened_at, kind, class, percent, grows, per_day, days, since,
    looked_at, told_at, told_class, quiet, growth, closed_at
FROM jsonb_to_recordset(@warnings) AS n (
    resource text, device text, metric text, what text, opened_at timestamptz, kind text, class smallint,
    percent double precision, grows boolean, per_day double precision, days double precision, since timestamptz,
    looked_at timestamptz, told_at timestamptz, told_class smallint, quiet smallint, growth jsonb, closed_at timestamptz
)
ON CONFLICT (contract, resource, device, metric, what, opened_at) DO UPDATE SET
    class = excluded.class, percent = excluded.percent, grows = excluded.grows, per_day = excluded.per_day,
    days = excluded.days, since = excluded.since, looked_at = excluded.looked_at, told_at = excluded.told_at,
    told_class = excluded.told_class, quiet = excluded.quiet, growth = excluded.growth, closed_at = excluded.closed_at
WHERE w.closed_at IS NULL;
