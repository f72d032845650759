-- Pages that must reach people (§4.2), and what became of each try to send them. What is written stands; only that a page is
-- settled is said later, once. No URL, token or password is in any of it. Which pages are written, the evidence and the watchdog
-- say; when one is sent by which way, package paging.

CREATE TABLE page (
    key         text PRIMARY KEY CHECK (key <> ''),
    at          timestamptz NOT NULL,
    kind        text NOT NULL CHECK (kind <> ''),
    contract    text NOT NULL,
    fault       int NOT NULL CHECK (fault >= 0),
    rung        text NOT NULL,
    recipient   text NOT NULL CHECK (recipient <> ''),
    deadline    timestamptz,
    detail      text NOT NULL,
    enqueued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at  timestamptz
);
COMMENT ON TABLE page IS 'The outbox: messages that must each reach one person, written with the evidence that asks for them';
COMMENT ON COLUMN page.key IS 'names the page; written twice, it is sent once';
COMMENT ON COLUMN page.at IS 'when it is due, by the clock of the contract';
COMMENT ON COLUMN page.contract IS 'empty for what is of no contract';
COMMENT ON COLUMN page.fault IS '0 for what is of no fault';
COMMENT ON COLUMN page.recipient IS 'id of a person of the rota';
COMMENT ON COLUMN page.deadline IS 'of the plan; NULL if none is owed';
COMMENT ON COLUMN page.detail IS 'one line, never the customer''s words';
COMMENT ON COLUMN page.settled_at IS 'from then on nothing more is done about it; NULL until then, and set once';
CREATE INDEX page_open ON page (at) WHERE settled_at IS NULL;

CREATE TABLE page_try (
    key      text NOT NULL REFERENCES page,
    way      text NOT NULL CHECK (way <> ''),
    number   int NOT NULL CHECK (number > 0),
    room     text NOT NULL,
    message  text NOT NULL CHECK (message <> ''),
    began_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (key, way, number)
);
COMMENT ON TABLE page_try IS 'Attempts to send a page by a way, each written before the vendor is asked. Whoever writes a number first makes the attempt: so no two senders send the same';
COMMENT ON COLUMN page_try.room IS 'where the way leads: a channel, a mail address; empty for a robot with one room';
COMMENT ON COLUMN page_try.message IS 'the key by which the vendor was given it; that of many tries where one message tells of many pages';
CREATE INDEX page_try_message ON page_try (message);
CREATE INDEX page_try_began ON page_try (began_at);

CREATE TABLE page_try_end (
    key       text NOT NULL,
    way       text NOT NULL,
    number    int NOT NULL,
    ended_at  timestamptz NOT NULL,
    outcome   text NOT NULL CHECK (outcome IN ('sent', 'folded', 'failed', 'gave-up')),
    reference text NOT NULL,
    reason    text NOT NULL CHECK ((reason = '') = (outcome IN ('sent', 'folded'))),
    retry_at  timestamptz,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (key, way, number),
    FOREIGN KEY (key, way, number) REFERENCES page_try
);
COMMENT ON TABLE page_try_end IS 'What became of each try. One without an end was interrupted, perhaps after the vendor took it';
COMMENT ON COLUMN page_try_end.outcome IS 'folded: sent as a part of one message for many; failed: tried again; gave-up: never again by this way';
COMMENT ON COLUMN page_try_end.reference IS 'the vendor''s name for the message';
COMMENT ON COLUMN page_try_end.reason IS 'why it was not sent, without secrets';
COMMENT ON COLUMN page_try_end.retry_at IS 'before then the vendor does not want to be asked again; NULL if it did not say';

CREATE TABLE page_room (
    way     text NOT NULL,
    room    text NOT NULL,
    free_at timestamptz NOT NULL,
    PRIMARY KEY (way, room)
);
COMMENT ON TABLE page_room IS 'When each room takes its next message: no more than one a second. It is no evidence, and written over';

CREATE TABLE page_link_use (
    id          text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
    person      text NOT NULL CHECK (person <> ''),
    contract    text NOT NULL,
    fault       int NOT NULL,
    act         text NOT NULL CHECK (act <> ''),
    used_at     timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE page_link_use IS 'Links by which people acted without Slack, each used once';
COMMENT ON COLUMN page_link_use.id IS 'SHA-256 of what the link allows; what opens it is in no table';

CREATE FUNCTION settle_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed page%ROWTYPE := OLD;
BEGIN
    allowed.settled_at := NEW.settled_at;
    IF OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL OR NEW IS DISTINCT FROM allowed THEN
        RAISE EXCEPTION 'page is append-only but for one end: UPDATE is refused' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settle_once BEFORE UPDATE ON page FOR EACH ROW EXECUTE FUNCTION settle_once();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON page FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE page ENABLE ALWAYS TRIGGER settle_once;
ALTER TABLE page ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT, UPDATE (settled_at), INSERT (key, at, kind, contract, fault, rung, recipient, deadline, detail) ON page TO lvyue_app;
GRANT SELECT, INSERT, UPDATE ON page_room TO lvyue_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['page_try', 'page_try_end', 'page_link_use'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
        EXECUTE format('GRANT SELECT ON %I TO lvyue_app', name);
        -- When something was written down, the server says.
        EXECUTE format('GRANT INSERT (%s) ON %I TO lvyue_app', (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
            WHERE attrelid = name::regclass AND attnum > 0 AND attname <> 'recorded_at'), name);
    END LOOP;
END $$;
