-- Cards in a chat that show how things stand (§4.2, §5, §7.2). They are no evidence: each says where a message stands and what it
-- says, so that it is written over and never written twice.

CREATE TABLE card (
    channel     text NOT NULL CHECK (channel <> ''),
    contract    text NOT NULL REFERENCES contract_form,
    subject     text NOT NULL CHECK (subject <> ''),
    key         text NOT NULL,
    ts          text NOT NULL,
    posts       int NOT NULL CHECK (posts >= 0),
    rev         int NOT NULL CHECK (rev >= 0),
    hash        text NOT NULL,
    closed      boolean NOT NULL,
    told        bigint NOT NULL CHECK (told >= 0),
    fresh_until timestamptz,
    began_at    timestamptz,
    PRIMARY KEY (channel, contract, subject),
    CHECK ((ts = '') = (posts = 0))
);
COMMENT ON TABLE card IS 'Where the card of each fault and matter stands in each channel, and what it says';
COMMENT ON COLUMN card.subject IS 'fault/3, the id of an obligation, or quote';
COMMENT ON COLUMN card.key IS 'what the message carries as its metadata; after a crash it is looked for';
COMMENT ON COLUMN card.ts IS 'the vendor''s name for the message; empty before the first';
COMMENT ON COLUMN card.posts IS 'how often it was posted: anew after it was deleted, or when its matter opened again';
COMMENT ON COLUMN card.rev IS 'of the fault, as the card shows it; 0 for a matter';
COMMENT ON COLUMN card.hash IS 'of what the card says of a matter; empty for a fault';
COMMENT ON COLUMN card.closed IS 'the matter is over, and the card says so';
COMMENT ON COLUMN card.told IS 'the last event of the contract that the thread under it tells';
COMMENT ON COLUMN card.fresh_until IS 'from then on it must be written over though nothing happened: it names the time that is left';
COMMENT ON COLUMN card.began_at IS 'since then somebody is writing to the vendor; NULL when it is known what became of it';
CREATE INDEX card_closed ON card (channel) WHERE NOT closed;

-- What was said and done about a fault is read by its name.
CREATE INDEX contract_event_subject ON contract_event (contract, subject, seq);

GRANT SELECT, INSERT, UPDATE ON card TO lvyue_app;
