-- Everything lives in one schema, so that a rehearsal has its own. Days are Asia/Shanghai, instants absolute.

CREATE DOMAIN cny AS numeric CONSTRAINT two_decimals CHECK (value = round(value, 2));
COMMENT ON DOMAIN cny IS 'CNY to the fen; a third decimal is an error, never a rounding';

CREATE TABLE form (
    contract   text PRIMARY KEY,
    hash       text        NOT NULL,
    form       jsonb       NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    acts       bigint      NOT NULL DEFAULT 0
);
COMMENT ON TABLE form IS '§7.4: the form under which a contract is signed, with the personal data that stays out of workflow histories';
COMMENT ON COLUMN form.acts IS 'how many acts of people the inbox holds; the lock on this row orders them';

CREATE TABLE inbox (
    id          text PRIMARY KEY,
    contract    text        NOT NULL REFERENCES form (contract),
    seq         bigint      NOT NULL CHECK (seq > 0),
    name        text        NOT NULL,
    actor       jsonb       NOT NULL,
    received_at timestamptz NOT NULL,
    entered_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    body        jsonb       NOT NULL,
    answer      jsonb,
    answered_at timestamptz,
    UNIQUE (contract, seq)
);
CREATE INDEX inbox_unanswered ON inbox (contract, seq) WHERE answer IS NULL;
COMMENT ON TABLE inbox IS 'what people did, stored before it is acted on; only the answer is added, once';
COMMENT ON COLUMN inbox.received_at IS 'the instant that counts for deadlines; in a rehearsal the scenario''s';

CREATE TABLE contract_event (
    contract    text        NOT NULL,
    seq         bigint      NOT NULL CHECK (seq > 0),
    key         text        NOT NULL,
    at          timestamptz NOT NULL,
    what        text        NOT NULL,
    clause      text        NOT NULL,
    subject     text        NOT NULL,
    event       text        NOT NULL,
    previous    text        NOT NULL,
    hash        text        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, seq),
    UNIQUE (contract, key)
);
COMMENT ON TABLE contract_event IS 'append-only evidence; hash = sha256(previous hash, newline, event)';
COMMENT ON COLUMN contract_event.event IS 'the event as JSON, byte for byte as it was hashed';
COMMENT ON COLUMN contract_event.at IS 'the instant that counts; recorded_at is wall time and not part of the hash';

CREATE TABLE chain (
    contract text PRIMARY KEY,
    events   bigint NOT NULL,
    head     text   NOT NULL
);
COMMENT ON TABLE chain IS 'the end of each contract''s chain of evidence: a chain that was cut short does not reach it';

CREATE TABLE calendar_notice (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice      jsonb       NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE calendar_notice IS 'notices of the State Council imported beside those embedded in the program';

-- What follows is folded from contract_event and can be folded again.

CREATE TABLE contract (
    number          text PRIMARY KEY,
    customer        text NOT NULL,
    provider        text NOT NULL,
    account_manager text NOT NULL,
    language        text NOT NULL,
    form_hash       text NOT NULL,
    phase           text NOT NULL,
    effective       date,
    start           date,
    ends_on         date,
    ended_on        date,
    ground          text NOT NULL,
    fee             cny  NOT NULL,
    received        cny  NOT NULL,
    unapplied       cny  NOT NULL
);
COMMENT ON COLUMN contract.effective IS '§5.1: the later of the two signing days';
COMMENT ON COLUMN contract.start IS '§5.5: first day of the first service year';
COMMENT ON COLUMN contract.fee IS '§5.3: present annual fee';
COMMENT ON COLUMN contract.unapplied IS 'received and used by no fee';

CREATE TABLE obligation (
    contract    text NOT NULL,
    id          text NOT NULL,
    clause      text NOT NULL,
    owed_by     text NOT NULL,
    opened_at   timestamptz NOT NULL,
    rule        text NOT NULL,
    counted_from date,
    named       date,
    due_on      date,
    due_at      timestamptz,
    provisional boolean NOT NULL,
    calendar    text NOT NULL,
    status      text NOT NULL,
    settled_at  timestamptz,
    closed_at   timestamptz,
    attention   text NOT NULL,
    moved       jsonb NOT NULL,
    PRIMARY KEY (contract, id)
);
COMMENT ON COLUMN obligation.due_at IS 'first instant that is late: 24:00 of due_on, Asia/Shanghai';
COMMENT ON COLUMN obligation.provisional IS 'a year without a State Council notice was counted';

CREATE TABLE service_year (
    contract text NOT NULL,
    year     integer NOT NULL,
    first    date NOT NULL,
    last     date NOT NULL,
    fee      cny  NOT NULL,
    PRIMARY KEY (contract, year)
);
COMMENT ON TABLE service_year IS '§5.1: service years that have started';

CREATE TABLE receipt (
    contract  text NOT NULL,
    reference text NOT NULL,
    amount    cny  NOT NULL,
    received_on date NOT NULL,
    counts_at timestamptz NOT NULL,
    account   text NOT NULL,
    seq       bigint NOT NULL,
    PRIMARY KEY (contract, reference)
);
COMMENT ON TABLE receipt IS '§5.4 §5.6: money on the provider''s bank account; reference is the bank''s';

CREATE TABLE notice (
    contract text NOT NULL,
    seq      bigint NOT NULL,
    at       timestamptz NOT NULL,
    recipient text NOT NULL,
    about    text NOT NULL,
    kind     text NOT NULL,
    PRIMARY KEY (contract, seq)
);
COMMENT ON TABLE notice IS 'messages to people';

-- Append-only, for every role.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON inbox
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION answer_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF old.answer IS NOT NULL
       OR (old.id, old.contract, old.seq, old.name, old.actor, old.received_at, old.entered_at, old.body)
          IS DISTINCT FROM (new.id, new.contract, new.seq, new.name, new.actor, new.received_at, new.entered_at, new.body)
    THEN
        RAISE EXCEPTION 'an act in the inbox only gets its answer, once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER answer_once BEFORE UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION answer_once();
