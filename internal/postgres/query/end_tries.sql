-- What became of tries. The first word on each counts.
INSERT INTO page_try_end (key, way, number, ended_at, outcome, reference, reason, retry_at)
SELECT key, way, number, ended_at, outcome, coalesce(reference, ''), coalesce(reason, ''), retry_at
FROM jsonb_to_recordset(@tries) AS t (
    key text, way text, number int, ended_at timestamptz, outcome text, reference text, reason text, retry_at timestamptz
)
ORDER BY key, way, number
ON CONFLICT (key, way, number) DO NOTHING;
