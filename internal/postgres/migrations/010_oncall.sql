-- Who is on call (§4.1, §4.2). A rota is never changed: a new version stands beside the old ones. An override is never changed or
-- taken away: a cancellation stands beside it. So it can be told at any time who was on call, by what was known then.

CREATE TABLE rota_version (
    version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rota    jsonb NOT NULL CHECK (jsonb_typeof(rota) = 'object'),
    set_by  text NOT NULL CHECK (btrim(set_by) <> ''),
    set_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE rota_version IS 'The rota as people set it, whole, each version valid from set_at until the next one';
COMMENT ON COLUMN rota_version.rota IS '{people, rotations, ladder} as in the form, with personal data of the provider''s people';
CREATE INDEX rota_version_set_at ON rota_version (set_at);

CREATE TABLE rota_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parts      smallint NOT NULL CHECK (parts IN (1, 2)),
    reason     text NOT NULL,
    entered_by text NOT NULL CHECK (btrim(entered_by) <> ''),
    entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (parts = 2 OR btrim(reason) <> '')
);
COMMENT ON TABLE rota_entry IS 'What people entered beside the rota: one override, or a swap of two turns; of two that hold at one instant, the later id wins';
COMMENT ON COLUMN rota_entry.parts IS 'how many overrides it is: 1, or 2 for a swap';

CREATE TABLE rota_override (
    entry    bigint NOT NULL REFERENCES rota_entry,
    part     smallint NOT NULL CHECK (part > 0),
    rotation text NOT NULL CHECK (rotation <> ''),
    from_at  timestamptz NOT NULL CHECK (isfinite(from_at)),
    to_at    timestamptz NOT NULL CHECK (isfinite(to_at)),
    person   text CHECK (person <> ''),
    PRIMARY KEY (entry, part),
    CHECK (to_at > from_at)
);
COMMENT ON TABLE rota_override IS 'Who is on duty on a rotation instead of whoever would be, from from_at up to to_at, which is not in it';
COMMENT ON COLUMN rota_override.person IS 'id of a person of the rota; null: nobody, which is a gap that is meant';

CREATE TABLE rota_cancellation (
    entry        bigint PRIMARY KEY REFERENCES rota_entry,
    reason       text NOT NULL CHECK (btrim(reason) <> ''),
    cancelled_by text NOT NULL CHECK (btrim(cancelled_by) <> ''),
    cancelled_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE rota_cancellation IS 'Entries that hold no more from cancelled_at on; of a swap, both overrides at once';

-- A swap is there with both its overrides, or not at all.
CREATE FUNCTION rota_entry_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of bigint := CASE TG_TABLE_NAME WHEN 'rota_entry' THEN (to_jsonb(NEW) ->> 'id')::bigint ELSE (to_jsonb(NEW) ->> 'entry')::bigint END;
BEGIN
    IF (SELECT count(*) FROM rota_override WHERE entry = of) <> (SELECT parts FROM rota_entry WHERE id = of) THEN
        RAISE EXCEPTION 'entry % of the rota is not whole', of USING ERRCODE = 'check_violation', CONSTRAINT = 'rota_entry_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rota_entry_whole AFTER INSERT ON rota_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rota_entry_whole();
CREATE CONSTRAINT TRIGGER rota_entry_whole AFTER INSERT ON rota_override DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rota_entry_whole();
ALTER TABLE rota_entry ENABLE ALWAYS TRIGGER rota_entry_whole;
ALTER TABLE rota_override ENABLE ALWAYS TRIGGER rota_entry_whole;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['rota_version', 'rota_entry', 'rota_override', 'rota_cancellation'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
        EXECUTE format('GRANT SELECT ON %I TO lvyue_app', name);
        -- When something was written down, and in which order, the server says.
        EXECUTE format('GRANT INSERT (%s) ON %I TO lvyue_app', (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
            WHERE attrelid = name::regclass AND attnum > 0 AND attidentity = ''
                AND attname NOT IN ('set_at', 'entered_at', 'cancelled_at')), name);
    END LOOP;
END $$;
