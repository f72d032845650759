-- The ledger: double entry, append-only. Amounts are CNY to the fen, debit above zero and credit below. effective_on is
-- the civil day in Asia/Shanghai to which something belongs, recorded_at the instant at which it was written down.

-- A domain, not a foreign key: every line of every posting would lock its account's row.
CREATE DOMAIN account_code AS text
    CHECK (VALUE IN ('1002', '1122', '1221', '2203', '2205', '2221', '2241', '6001', '6702', '6711'));

CREATE TABLE account (
    code    account_code PRIMARY KEY,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind    text NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense'))
);
COMMENT ON TABLE account IS 'Chart of accounts; codes follow the Chinese standard chart';
INSERT INTO account (code, name_zh, name_en, kind) VALUES
    ('1002', '银行存款', 'bank', 'asset'),
    ('1122', '应收账款', 'receivable', 'asset'),
    ('1221', '待查付款', 'payments out, unexplained', 'asset'),
    ('2203', '待核销收款', 'unapplied cash', 'liability'),
    ('2205', '合同负债', 'contract liability', 'liability'),
    ('2221', '应交增值税（销项）', 'output VAT', 'liability'),
    ('2241', '应付退款及赔偿', 'refunds and compensation payable', 'liability'),
    ('6001', '主营业务收入', 'service revenue', 'income'),
    ('6702', '豁免的应收款', 'receivables waived', 'expense'),
    ('6711', '赔偿支出', 'compensation', 'expense');

CREATE TABLE month_close (
    month     date PRIMARY KEY CHECK (month = date_trunc('month', month)::date),
    closed_by text NOT NULL CHECK (closed_by <> ''),
    closed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE month_close IS 'Closed months: a closed month closes all before it, and stays closed';

CREATE TABLE ledger_txn (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text NOT NULL UNIQUE,
    document     text NOT NULL,
    contract     text REFERENCES contract_form,
    effective_on date NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor        text NOT NULL,
    lines        smallint NOT NULL DEFAULT 2,
    reverses     bigint REFERENCES ledger_txn,
    UNIQUE (id, lines),
    CONSTRAINT ledger_txn_said CHECK (key <> '' AND actor <> '' AND lines >= 2)
);
CREATE UNIQUE INDEX ledger_txn_reverses ON ledger_txn (reverses) WHERE reverses IS NOT NULL;
COMMENT ON TABLE ledger_txn IS 'One posting for one document; a correction is a posting that reverses another';
COMMENT ON COLUMN ledger_txn.key IS 'business key of the document, once for ever';
COMMENT ON COLUMN ledger_txn.document IS 'kind of the document behind it';
COMMENT ON COLUMN ledger_txn.effective_on IS 'civil day in Asia/Shanghai, in a month that was open';
COMMENT ON COLUMN ledger_txn.actor IS 'who caused it';
COMMENT ON COLUMN ledger_txn.lines IS 'how many lines it has: none is ever added';

CREATE TABLE ledger_entry (
    txn          bigint NOT NULL,
    line         smallint NOT NULL,
    account      account_code NOT NULL,
    contract     text,
    amount       cny NOT NULL,
    effective_on date NOT NULL,
    recorded_at  timestamptz NOT NULL,
    lines        smallint NOT NULL DEFAULT 2,
    PRIMARY KEY (txn, line),
    FOREIGN KEY (txn, lines) REFERENCES ledger_txn (id, lines),
    CONSTRAINT ledger_entry_line CHECK (line BETWEEN 1 AND lines AND amount <> 0)
);
COMMENT ON TABLE ledger_entry IS 'Signed lines of the postings; those of one posting sum to zero';
COMMENT ON COLUMN ledger_entry.contract IS 'the contract of the posting; null: of no contract yet';
COMMENT ON COLUMN ledger_entry.amount IS 'CNY; debit above zero, credit below';
COMMENT ON COLUMN ledger_entry.effective_on IS 'that of the posting, as are recorded_at and lines: for the index, and so that no line is added later';
-- Whatever is asked of one account, or of one contract, is answered from the index alone.
CREATE INDEX ledger_entry_account ON ledger_entry (account, effective_on) INCLUDE (amount, recorded_at);
CREATE INDEX ledger_entry_contract ON ledger_entry (contract, account, effective_on) INCLUDE (amount, recorded_at)
    WHERE contract IS NOT NULL;

-- A posting is whole: it has just its lines, with its days and instants, and they sum to zero. Nothing is added to it
-- later, since all of its lines are there. One look at the end is cheaper than one at each line.
CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) = 0 AND count(*) = NEW.lines
            AND bool_and(effective_on = NEW.effective_on AND recorded_at = NEW.recorded_at)
        FROM ledger_entry WHERE txn = NEW.id) IS NOT TRUE THEN
        RAISE EXCEPTION 'posting % has not its % lines, or they do not sum to zero', NEW.key, NEW.lines
            USING ERRCODE = 'check_violation', CONSTRAINT = 'balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_txn
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balanced();

-- The lock that closing a month takes alone and every posting shares, so that none slips in while a month closes.
CREATE FUNCTION books_lock() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('books of ' || current_schema(), 0)
$$;

CREATE FUNCTION month_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    locked text;
BEGIN
    locked := pg_advisory_xact_lock_shared(books_lock()); -- PERFORM would run it as a query
    NEW.recorded_at := clock_timestamp();
    IF EXISTS (SELECT FROM month_close WHERE month >= date_trunc('month', NEW.effective_on)::date) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.effective_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'month_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER month_open BEFORE INSERT ON ledger_txn FOR EACH ROW EXECUTE FUNCTION month_open();

-- The day itself if its month is open, else the first day that is: a fact that comes to light late is booked as
-- soon as it can be, and keeps its own day on its document.
CREATE FUNCTION bookable(day date) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT greatest(day, ((SELECT max(month) FROM month_close) + interval '1 month')::date)
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON month_close
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_txn
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE account ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE month_close ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_txn ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger_txn ENABLE ALWAYS TRIGGER month_open;
ALTER TABLE ledger_txn ENABLE ALWAYS TRIGGER balanced;

-- When something was written down, the server says.
GRANT SELECT ON account, month_close, ledger_txn TO lvyue_app;
GRANT INSERT (month, closed_by) ON month_close TO lvyue_app;
GRANT INSERT (key, document, contract, effective_on, actor, lines, reverses) ON ledger_txn TO lvyue_app;
GRANT SELECT, INSERT ON ledger_entry TO lvyue_app;
