-- The migrations of this schema that were applied. Safe to repeat.
CREATE TABLE IF NOT EXISTS migration (
    name       text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
