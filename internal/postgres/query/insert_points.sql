-- Keep the points of a look, each once: a vendor that has nothing new tells the last one again.
INSERT INTO measurement (contract, resource, device, metric, at, kind, percent)
SELECT @contract, resource, coalesce(device, ''), metric, at, kind, percent
FROM jsonb_to_recordset(@points) AS p (resource text, device text, metric text, at timestamptz, kind text, percent double precision)
ON CONFLICT DO NOTHING;
