-- A new version of the rota; versions are locked, so that they become visible in their order.
INSERT INTO rota_version (rota, set_by)
VALUES (@rota, @by)
RETURNING version;
