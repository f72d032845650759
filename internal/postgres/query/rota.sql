-- The rota as it was known at an instant; null: as it is known now.
SELECT version, rota, set_by, set_at, clock_timestamp() AS now
FROM rota_version
WHERE set_at <= coalesce(@at::timestamptz, 'infinity')
ORDER BY version DESC
LIMIT 1;
