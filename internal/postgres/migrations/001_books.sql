-- What is written once and stands: forms, acts, evidence, notices. Instants are timestamptz to the microsecond;
-- days are civil days in Asia/Shanghai; amounts are CNY. A § is a clause of CONTRACT.md.

-- An amount of yuan, exact to the fen. A third decimal is an error, never rounded away; NaN and infinity are none.
CREATE DOMAIN cny AS numeric
    CHECK (VALUE IS NULL OR coalesce(scale(VALUE) <= 2, false));

-- An instant written in JSON names its offset, so that reading it depends on no setting.
CREATE FUNCTION instant(text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT
    RETURN $1::timestamptz;

CREATE TABLE contract_form (
    number        text PRIMARY KEY CHECK (number ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$'),
    hash          text NOT NULL,        -- of the terms, SHA-256 in hex; both signatures are under it
    terms         jsonb NOT NULL,       -- with personal data, which goes into no history
    capital       text NOT NULL,        -- the fee in capital numerals as written, §5.3
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE contract_form IS 'The form of each contract, fixed at signing (§7.4); personal data of people is only here';

CREATE TABLE amended_form (
    number        text NOT NULL REFERENCES contract_form,
    hash          text NOT NULL,
    terms         jsonb NOT NULL,       -- with personal data
    capital       text NOT NULL,
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (number, hash)
);
COMMENT ON TABLE amended_form IS 'Changed forms, each kept whole before a side signs it; which one rules is in the evidence (§6.4)';

CREATE TABLE contract_head (
    contract text PRIMARY KEY REFERENCES contract_form,
    acts     bigint NOT NULL DEFAULT 0,  -- the last seq given in inbox
    heard_at timestamptz NOT NULL DEFAULT '-infinity', -- when that act was stored; never goes back
    events   bigint NOT NULL DEFAULT 0,  -- the last seq given in contract_event
    hash     text NOT NULL               -- the hash of that event; before the first, that of the contract's number
);
COMMENT ON TABLE contract_head IS 'One row per contract: its lock, and the ends of its inbox and of its chain of evidence';

CREATE TABLE inbox (
    id          text PRIMARY KEY CHECK (id <> ''),
    contract    text NOT NULL REFERENCES contract_form,
    seq         bigint NOT NULL CHECK (seq > 0),
    name        text NOT NULL,
    actor_who   text NOT NULL,
    actor_role  text NOT NULL,
    actor_way   text NOT NULL,
    received_at timestamptz NOT NULL,    -- the moment that counts for deadlines
    stored_at   timestamptz NOT NULL,    -- this server's clock, also in a rehearsal
    body        jsonb NOT NULL,
    answer      jsonb,                   -- null until answered; a refusal stands under its key "refusal"
    answered_at timestamptz CHECK ((answered_at IS NULL) = (answer IS NULL)),
    UNIQUE (contract, seq)
);
COMMENT ON TABLE inbox IS 'Acts of people, stored before anything is done with them; only the answer is set, once';
CREATE INDEX inbox_unanswered ON inbox (contract, seq) WHERE answer IS NULL;

CREATE TABLE contract_event (
    contract    text NOT NULL REFERENCES contract_form,
    seq         bigint NOT NULL CHECK (seq > 0),
    event       json NOT NULL,           -- text, byte for byte as it was hashed
    prev        text NOT NULL,
    hash        text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- not hashed
    key         text NOT NULL GENERATED ALWAYS AS (event ->> 'key') STORED,
    at          timestamptz NOT NULL GENERATED ALWAYS AS (instant(event ->> 'at')) STORED,
    what        text NOT NULL GENERATED ALWAYS AS (event ->> 'what') STORED,
    clause      text GENERATED ALWAYS AS (event ->> 'clause') STORED,
    subject     text GENERATED ALWAYS AS (event ->> 'subject') STORED,
    PRIMARY KEY (contract, seq),
    UNIQUE (contract, key),
    CONSTRAINT chained CHECK (hash = encode(sha256(convert_to(prev || event::text, 'UTF8')), 'hex'))
);
COMMENT ON TABLE contract_event IS 'Evidence: each event is chained to the one before it by its hash';

CREATE TABLE calendar_notice (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year         int NOT NULL,
    number       text NOT NULL,          -- document number of the State Council; may be empty
    published_on date,
    url          text NOT NULL,
    amends       text NOT NULL,          -- number of the notice that this one changes, or empty
    days         jsonb NOT NULL,         -- [{date, name, off}] as in the file that was imported
    imported_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE calendar_notice IS 'Notices of the State Council imported beside the embedded ones, in the order of import';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION answer_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed inbox%ROWTYPE := OLD;
BEGIN
    allowed.answer := NEW.answer;
    allowed.answered_at := NEW.answered_at;
    IF OLD.answer IS NOT NULL OR NEW.answer IS NULL OR NEW IS DISTINCT FROM allowed THEN
        RAISE EXCEPTION 'inbox is append-only but for one answer: UPDATE is refused' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON inbox
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_once BEFORE UPDATE ON inbox
    FOR EACH ROW EXECUTE FUNCTION answer_once();
-- ALWAYS: also for a session that plays a replica.
ALTER TABLE contract_event ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE calendar_notice ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE inbox ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE inbox ENABLE ALWAYS TRIGGER answer_once;

GRANT SELECT, INSERT ON contract_form, amended_form, contract_event, calendar_notice, inbox TO lvyue_app;
GRANT UPDATE (answer, answered_at) ON inbox TO lvyue_app;
GRANT SELECT, INSERT, UPDATE ON contract_head TO lvyue_app;
