-- What the evidence says as it stands now: folded from contract_event in the transaction that records it, and
-- rebuilt from there at any time. Columns are named as on the wire, unless SQL keeps the word for itself.

CREATE TABLE contract (
    number          text PRIMARY KEY REFERENCES contract_form,
    customer        text NOT NULL,
    provider        text NOT NULL,
    account_manager text NOT NULL,
    language        text NOT NULL,
    form_hash       text NOT NULL,
    phase           text NOT NULL CHECK (phase IN
        ('signing', 'awaiting-payment', 'deploying', 'in-service', 'ended', 'destroying', 'destroyed')),
    effective       date,                -- the later signing day, §5.1
    start           date,                -- first day of the first service year, §5.5
    ends_on         date,                -- last day, once known, §5.2
    ended_on        date,                -- last day, once it has passed
    ground          text NOT NULL,       -- why it ends, §1.4 §5.2; empty while it does not
    fee             cny NOT NULL,        -- CNY a service year, §5.3
    applied         cny NOT NULL,        -- CNY of the receipts that fees have used, §5.4; the rest is unapplied
    named           date,                -- the day that the customer names for the deployment, §5.5
    held_by         text NOT NULL,       -- who holds the destruction, §7.2; empty if nobody does
    disputed        text NOT NULL,       -- obligations in open disputes, with commas between, §6.3
    shortfalls      integer NOT NULL     -- how often the load standard was missed, §1.4
);
COMMENT ON TABLE contract IS 'A contract at a glance';
CREATE INDEX contract_phase ON contract (phase);

CREATE TABLE obligation (
    contract     text NOT NULL REFERENCES contract_form,
    id           text NOT NULL,
    clause       text NOT NULL,          -- the § that owes it
    owed_by      text NOT NULL CHECK (owed_by IN ('customer', 'provider', 'both')),
    opened_at    timestamptz NOT NULL,
    rule         text NOT NULL,          -- how the due day was counted; empty if it was not
    counted_from date,
    named        date,                   -- the day that the customer named, §5.5
    due_on       date,                   -- last day in time; null: without a day
    due_at       timestamptz CHECK ((due_at IS NULL) = (due_on IS NULL)), -- first instant that is late
    provisional  boolean NOT NULL,       -- a year without a notice was counted
    calendar     text NOT NULL,          -- version of the calendar that counted
    status       text NOT NULL CHECK (status IN ('pending', 'overdue', 'frozen', 'met', 'met-late', 'waived', 'void')),
    settled_at   timestamptz,
    closed_at    timestamptz,
    reminded_at  timestamptz,
    attention    text NOT NULL,          -- why a person must look; empty if none must
    moved        jsonb,                  -- [{from, to, notice}]; null: never moved
    event_seq    bigint NOT NULL,        -- the event that first told of it
    PRIMARY KEY (contract, id)
);
COMMENT ON TABLE obligation IS 'Duties of contracts';
CREATE INDEX obligation_open ON obligation (due_at) WHERE status IN ('pending', 'overdue', 'frozen');

CREATE TABLE service_year (
    contract text NOT NULL REFERENCES contract_form,
    year     int NOT NULL CHECK (year > 0),
    first    date NOT NULL,
    last     date NOT NULL CHECK (last >= first),
    fee      cny NOT NULL,               -- CNY
    PRIMARY KEY (contract, year)
);
COMMENT ON TABLE service_year IS 'Service years that have started (§5.1)';

CREATE TABLE receipt (
    contract    text NOT NULL REFERENCES contract_form,
    reference   text NOT NULL,           -- the bank's
    amount      cny NOT NULL,            -- CNY
    credited_on date NOT NULL,           -- day on the provider's account
    at          timestamptz NOT NULL,    -- the instant that counts
    account     text NOT NULL,
    event_seq   bigint NOT NULL,         -- the event that first told of it
    PRIMARY KEY (contract, reference)
);
COMMENT ON TABLE receipt IS 'Money received (§5.4, §5.6)';

CREATE TABLE notice (
    contract  text NOT NULL REFERENCES contract_form,
    event_seq bigint NOT NULL,
    at        timestamptz NOT NULL,
    recipient text NOT NULL,             -- a role, such as account-manager
    about     text NOT NULL,             -- an obligation's id, or the contract's number
    kind      text NOT NULL,
    PRIMARY KEY (contract, event_seq)
);
COMMENT ON TABLE notice IS 'Messages to people';

GRANT SELECT, INSERT, UPDATE, DELETE ON contract, obligation, service_year, receipt, notice TO lvyue_app;
