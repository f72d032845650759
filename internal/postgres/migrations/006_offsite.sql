-- The copies that are kept outside the cloud (§3.9), as far as the database knows of them: no key, and none of the data. What
-- is written stands; what becomes of a copy is written beside it.

CREATE TABLE offsite_copy (
    contract    text NOT NULL REFERENCES contract_form,
    day         date NOT NULL,
    taken_at    timestamptz NOT NULL,
    verified_at timestamptz NOT NULL CHECK (verified_at >= taken_at),
    bytes       bigint NOT NULL CHECK (bytes >= 0),
    objects     int NOT NULL CHECK (objects > 0),
    sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    key         text NOT NULL CHECK (key ~ '^age1[0-9a-z]+$'),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, day)
);
COMMENT ON TABLE offsite_copy IS 'Copies of a contract''s database and files outside the cloud, one a day at most, read back after they were written';
COMMENT ON COLUMN offsite_copy.day IS 'the civil day for which it was made, and its id';
COMMENT ON COLUMN offsite_copy.taken_at IS 'before its first byte was read';
COMMENT ON COLUMN offsite_copy.verified_at IS 'when it had been read back, deciphered and compared';
COMMENT ON COLUMN offsite_copy.bytes IS 'of the plain text';
COMMENT ON COLUMN offsite_copy.objects IS 'of the store: its parts and its manifest';
COMMENT ON COLUMN offsite_copy.sha256 IS 'of the manifest';
COMMENT ON COLUMN offsite_copy.key IS 'age recipient; what opens the copy is in no database';

CREATE TABLE offsite_copy_end (
    contract    text NOT NULL,
    day         date NOT NULL,
    why         text NOT NULL CHECK (why IN ('retention', 'damaged', 'destroyed')),
    ended_at    timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, day),
    FOREIGN KEY (contract, day) REFERENCES offsite_copy
);
COMMENT ON TABLE offsite_copy_end IS 'Copies that are good no more: no longer kept, found damaged, or destroyed with all others (§7.2)';

CREATE TABLE offsite_drill (
    contract    text NOT NULL,
    day         date NOT NULL,
    drilled_at  timestamptz NOT NULL,
    into_system text NOT NULL,
    row_count   bigint NOT NULL CHECK (row_count >= 0),
    file_count  bigint NOT NULL CHECK (file_count >= 0),
    differences jsonb NOT NULL CHECK (jsonb_typeof(differences) = 'array'),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, drilled_at),
    FOREIGN KEY (contract, day) REFERENCES offsite_copy
);
COMMENT ON TABLE offsite_drill IS 'Copies that were really restored, and compared';
COMMENT ON COLUMN offsite_drill.day IS 'of the copy';
COMMENT ON COLUMN offsite_drill.into_system IS 'the address of the system that took the data';
COMMENT ON COLUMN offsite_drill.differences IS '[{what, want, got}]; none: restored whole';

CREATE TABLE offsite_gap (
    contract    text NOT NULL REFERENCES contract_form,
    since       timestamptz NOT NULL,
    found_at    timestamptz NOT NULL CHECK (found_at > since),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, since)
);
COMMENT ON TABLE offsite_gap IS 'Contracts in service whose newest good copy was found too old (§3.9), once for each such copy';
COMMENT ON COLUMN offsite_gap.since IS 'when that copy was taken, or the service began if there was none';

CREATE TABLE offsite_reading (
    contract    text NOT NULL,
    day         date NOT NULL,
    read_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_by     text NOT NULL CHECK (read_by <> ''),
    into_folder text NOT NULL,
    FOREIGN KEY (contract, day) REFERENCES offsite_copy
);
COMMENT ON TABLE offsite_reading IS 'Who had a copy deciphered to read it, noted before it was (§7.1)';
CREATE INDEX offsite_reading_copy ON offsite_reading (contract, day);

CREATE FUNCTION offsite_good() RETURNS SETOF offsite_copy LANGUAGE sql STABLE AS $$
    SELECT c.*
    FROM offsite_copy AS c
    WHERE NOT EXISTS (SELECT FROM offsite_copy_end AS e WHERE e.contract = c.contract AND e.day = c.day)
$$;
COMMENT ON FUNCTION offsite_good() IS 'The copies that can be restored, as far as is known';

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['offsite_copy', 'offsite_copy_end', 'offsite_drill', 'offsite_gap', 'offsite_reading'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
        EXECUTE format('GRANT SELECT ON %I TO lvyue_app', name);
        -- When something was written down, the server says.
        EXECUTE format('GRANT INSERT (%s) ON %I TO lvyue_app', (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
            WHERE attrelid = name::regclass AND attnum > 0 AND attname NOT IN ('recorded_at', 'read_at')), name);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION offsite_good() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offsite_good() TO lvyue_app;
