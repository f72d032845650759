-- The documents behind the postings. Each is written once under its business key; what it says is never changed, only
-- answered by another document. Amounts are CNY to the fen; days are civil days in Asia/Shanghai.

CREATE DOMAIN vat_rate AS numeric CHECK (VALUE IN (0, 0.01, 0.03, 0.06, 0.09, 0.13));

CREATE TABLE books_policy (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vat_rate     vat_rate NOT NULL,
    grain        text NOT NULL CHECK (grain IN ('day', 'month')),
    refund_right text NOT NULL CHECK (refund_right IN ('ignore', 'hold')),
    set_by       text NOT NULL CHECK (set_by <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE books_policy IS 'What finance has decided; the last row rules what is written from then on';
COMMENT ON COLUMN books_policy.vat_rate IS 'share of the net amount; prices of contracts include it';
COMMENT ON COLUMN books_policy.grain IS 'revenue is earned by the day or by the month of service';
COMMENT ON COLUMN books_policy.refund_right IS 'hold: while the refund of §1.4 may be asked for, nothing is earned';
INSERT INTO books_policy (vat_rate, grain, refund_right, set_by)
VALUES (0.06, 'day', 'ignore', 'lvyue');

CREATE TABLE series (
    name text NOT NULL,
    year int NOT NULL,
    last int NOT NULL CHECK (last > 0),
    PRIMARY KEY (name, year)
);
COMMENT ON TABLE series IS 'The last number given in each series and year; the only rows of the books that change';

CREATE FUNCTION one_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' AND NEW.last = 1)
        OR (TG_OP = 'UPDATE' AND NEW.last = OLD.last + 1 AND (NEW.name, NEW.year) = (OLD.name, OLD.year)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'series only counts on' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER one_more BEFORE INSERT OR UPDATE ON series FOR EACH ROW EXECUTE FUNCTION one_more();

-- The next number of a series: without a gap, since whoever takes one holds the row until it is used or given back.
CREATE FUNCTION next_number(series_name text, series_year int) RETURNS int LANGUAGE sql AS $$
    INSERT INTO series (name, year, last) VALUES (series_name, series_year, 1)
    ON CONFLICT (name, year) DO UPDATE SET last = series.last + 1
    RETURNING last
$$;

-- A number as it stands on a document: INV-2026-000001, six digits or more.
CREATE FUNCTION invoice_number(series text, year int, no int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT series || '-' || year || '-' || lpad(no::text, greatest(6, length(no::text)), '0')
$$;

-- The price of an expansion that the customer may accept until that instant (§5.7), 0 while there is none.
ALTER TABLE contract ADD COLUMN quoted cny NOT NULL DEFAULT 0, ADD COLUMN quoted_until timestamptz;

CREATE TABLE price_quote (
    sha256      text NOT NULL,
    contract    text NOT NULL REFERENCES contract_form,
    kind        text NOT NULL CHECK (kind IN ('published-list', 'discounted')),
    answer      bytea NOT NULL,
    total       cny NOT NULL CHECK (total >= 0),
    fetched_at  timestamptz NOT NULL,
    valid_until timestamptz NOT NULL CHECK (valid_until > fetched_at),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, sha256),
    CONSTRAINT intact CHECK (sha256 = encode(sha256(answer), 'hex'))
);
COMMENT ON TABLE price_quote IS 'Prices as the cloud vendor published them, kept as evidence (§5.7)';
COMMENT ON COLUMN price_quote.sha256 IS 'of the answer, in hex';
COMMENT ON COLUMN price_quote.answer IS 'the vendor''s answer, byte for byte';

CREATE TABLE booked_step (
    contract    text NOT NULL REFERENCES contract_form,
    event_seq   bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, event_seq),
    FOREIGN KEY (contract, event_seq) REFERENCES contract_event (contract, seq)
);
COMMENT ON TABLE booked_step IS 'Events of the evidence that told of money and are booked';

CREATE TABLE booking_trouble (
    contract    text NOT NULL REFERENCES contract_form,
    event_seq   bigint NOT NULL,
    trouble     text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, event_seq)
);
COMMENT ON TABLE booking_trouble IS 'Events that the books refused; the next event of the contract that is booked makes it good';

CREATE TABLE invoice (
    key          text PRIMARY KEY,
    number       text NOT NULL UNIQUE,
    series       text NOT NULL CHECK (series IN ('INV', 'CN')),
    year         int NOT NULL,
    no           int NOT NULL CHECK (no > 0),
    kind         text NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
    contract     text NOT NULL REFERENCES contract_form,
    charge       text NOT NULL CHECK (charge IN ('annual-fee', 'expansion')),
    obligation   text NOT NULL,
    revision     int NOT NULL CHECK (revision > 0),
    service_year int NOT NULL CHECK (service_year > 0),
    credits      text REFERENCES invoice,
    reason       text NOT NULL,
    issued_on    date NOT NULL,
    buyer        text NOT NULL,
    seller       text NOT NULL,
    gross        cny NOT NULL,
    net          cny NOT NULL,
    tax          cny NOT NULL,
    vat_rate     vat_rate NOT NULL,
    capital      text NOT NULL CHECK (capital <> ''),
    quote        text,
    actor        text NOT NULL CHECK (actor <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (series, year, no),
    FOREIGN KEY (contract, quote) REFERENCES price_quote (contract, sha256),
    CHECK (number = invoice_number(series, year, no)),
    CHECK (year = extract(year FROM issued_on)),
    CHECK (net + tax = gross),
    CHECK (series = CASE kind WHEN 'invoice' THEN 'INV' ELSE 'CN' END),
    CHECK ((kind = 'credit-note') = (credits IS NOT NULL)),
    CHECK (CASE kind WHEN 'invoice' THEN gross > 0 ELSE gross < 0 END),
    CHECK (charge <> 'expansion' OR quote IS NOT NULL)
);
COMMENT ON TABLE invoice IS 'Invoices and credit notes, finalised when written (§5.3 §5.6 §5.7 §1.4)';
COMMENT ON COLUMN invoice.key IS 'business key: contract/invoice/obligation/revision, with /credit/n behind for a credit note';
COMMENT ON COLUMN invoice.number IS 'series, year of issue, and a number without gaps';
COMMENT ON COLUMN invoice.obligation IS 'the duty that owes the money';
COMMENT ON COLUMN invoice.revision IS 'counts up when an amended price replaces the document (§6.4)';
COMMENT ON COLUMN invoice.reason IS 'of a credit note: repriced (§6.4), void (the year never began), refund (§1.4); else empty';
COMMENT ON COLUMN invoice.gross IS 'CNY, VAT included; below zero on a credit note';
COMMENT ON COLUMN invoice.net IS 'CNY, gross/(1+rate) rounded half up to the fen';
COMMENT ON COLUMN invoice.tax IS 'CNY, the rest of gross';
COMMENT ON COLUMN invoice.capital IS 'gross in capital numerals, §5.3; 负 in front on a credit note';
CREATE INDEX invoice_contract ON invoice (contract, obligation);
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;

CREATE TABLE invoice_line (
    invoice text NOT NULL REFERENCES invoice,
    line    int NOT NULL CHECK (line > 0),
    what    text NOT NULL,
    gross   cny NOT NULL,
    net     cny NOT NULL,
    tax     cny NOT NULL,
    PRIMARY KEY (invoice, line),
    CHECK (net + tax = gross)
);
COMMENT ON TABLE invoice_line IS 'What an invoice charges for; CNY';

CREATE TABLE invoice_due (
    invoice     text NOT NULL REFERENCES invoice,
    event_seq   bigint NOT NULL,
    due_on      date NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (invoice, event_seq)
);
COMMENT ON TABLE invoice_due IS 'The last day for payment, and every day to which a notice of the State Council moved it (§5.4)';

CREATE TABLE bank_statement (
    sha256      text PRIMARY KEY,
    name        text NOT NULL,
    account     text NOT NULL,
    lines       int NOT NULL CHECK (lines >= 0),
    imported_by text NOT NULL CHECK (imported_by <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE bank_statement IS 'Statement files that were imported, each once';

CREATE TABLE bank_line (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account       text NOT NULL,
    reference     text NOT NULL CHECK (reference <> ''),
    booked_on     date NOT NULL,
    effective_on  date NOT NULL,
    amount        cny NOT NULL CHECK (amount <> 0),
    payer         text NOT NULL,
    payer_account text NOT NULL,
    memo          text NOT NULL,
    statement     text REFERENCES bank_statement,
    statement_line int,
    actor         text NOT NULL CHECK (actor <> ''),
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (account, reference),
    UNIQUE (statement, statement_line),
    CHECK ((statement IS NULL) = (statement_line IS NULL))
);
COMMENT ON TABLE bank_line IS 'Movements on the provider''s bank accounts, each once';
COMMENT ON COLUMN bank_line.account IS 'the provider''s account; empty if whoever entered it did not say';
COMMENT ON COLUMN bank_line.reference IS 'the bank''s; for money that two contracts entered by hand share, with their numbers behind';
COMMENT ON COLUMN bank_line.booked_on IS 'the bank''s day, Asia/Shanghai';
COMMENT ON COLUMN bank_line.effective_on IS 'that day, or the first open one if its month was closed when the line became known';
COMMENT ON COLUMN bank_line.amount IS 'CNY; above zero came in, below went out';
COMMENT ON COLUMN bank_line.statement IS 'the file that told of it first; null: entered by a person';
CREATE INDEX bank_line_reference ON bank_line (reference);

CREATE TABLE bank_confirmation (
    line           bigint PRIMARY KEY REFERENCES bank_line,
    statement      text NOT NULL REFERENCES bank_statement,
    statement_line int NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE bank_confirmation IS 'Lines entered by a person that a statement has confirmed';

CREATE TABLE bank_match (
    act_id      text PRIMARY KEY,
    line        bigint NOT NULL REFERENCES bank_line,
    contract    text NOT NULL REFERENCES contract_form,
    amount      cny NOT NULL CHECK (amount <> 0),
    matched_by  text NOT NULL CHECK (matched_by <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (act_id) REFERENCES inbox (id)
);
COMMENT ON TABLE bank_match IS 'Money of a line set aside for a contract, with the act that tells the contract; a refused act sets it free';
CREATE INDEX bank_match_line ON bank_match (line);

CREATE TABLE payment (
    key         text PRIMARY KEY,
    contract    text NOT NULL REFERENCES contract_form,
    reference   text NOT NULL,
    line        bigint NOT NULL REFERENCES bank_line,
    amount      cny NOT NULL CHECK (amount > 0),
    received_on date NOT NULL,
    effective_on date NOT NULL,
    actor       text NOT NULL CHECK (actor <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE payment IS 'Money of a bank line that is a contract''s (§5.4, §5.6)';
COMMENT ON COLUMN payment.key IS 'business key: contract/payment/reference/n; n counts when money comes back to the contract';
COMMENT ON COLUMN payment.received_on IS 'day of the credit, which counts for deadlines, also if its month was closed';
CREATE INDEX payment_contract ON payment (contract);
CREATE INDEX payment_line ON payment (line);

CREATE TABLE payment_end (
    payment     text PRIMARY KEY REFERENCES payment,
    why         text NOT NULL CHECK (why IN ('reversed', 'moved')),
    line        bigint REFERENCES bank_line,
    ended_on    date NOT NULL,
    actor       text NOT NULL CHECK (actor <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((why = 'reversed') = (line IS NOT NULL))
);
CREATE INDEX payment_end_line ON payment_end (line) WHERE line IS NOT NULL;
COMMENT ON TABLE payment_end IS 'Payments that are no longer the contract''s: the bank took them back, or they were another''s';
COMMENT ON COLUMN payment_end.line IS 'the line by which the bank took the money back';

CREATE TABLE refund (
    contract     text NOT NULL REFERENCES contract_form,
    id           text NOT NULL,
    reason       text NOT NULL CHECK (reason IN ('load-shortfall', 'overpayment')),
    amount       cny NOT NULL CHECK (amount > 0),
    requested_by text NOT NULL CHECK (requested_by <> ''),
    requested_on date NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, id),
    UNIQUE (contract, id, requested_by),
    UNIQUE (contract, id, amount)
);
COMMENT ON TABLE refund IS 'What the provider owes back (§1.4), and overpayments that a person asked to return (§5.4)';

CREATE TABLE refund_approval (
    contract      text NOT NULL,
    id            text NOT NULL,
    requested_by  text NOT NULL,
    approved_by   text NOT NULL CHECK (approved_by <> ''),
    approved_on   date NOT NULL,
    red_wanted    boolean NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, id),
    FOREIGN KEY (contract, id, requested_by) REFERENCES refund (contract, id, requested_by),
    CONSTRAINT two_persons CHECK (lower(btrim(approved_by)) <> lower(btrim(requested_by)))
);
COMMENT ON TABLE refund_approval IS 'Approvals, by another person than the one who asked';
COMMENT ON COLUMN refund_approval.red_wanted IS 'a blue 数电票 stands, so that a red one must be confirmed before money goes out';

CREATE TABLE refund_red (
    contract     text NOT NULL,
    id           text NOT NULL,
    confirmation text NOT NULL CHECK (confirmation <> ''),
    actor        text NOT NULL CHECK (actor <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, id),
    FOREIGN KEY (contract, id) REFERENCES refund_approval
);
COMMENT ON TABLE refund_red IS 'Confirmations (红字信息确认单) without which an invoiced fee is not paid back';

CREATE TABLE refund_payout (
    contract    text NOT NULL,
    id          text NOT NULL,
    amount      cny NOT NULL,
    paid_on     date NOT NULL,
    line        bigint NOT NULL REFERENCES bank_line,
    actor       text NOT NULL CHECK (actor <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, id),
    FOREIGN KEY (contract, id) REFERENCES refund_approval,
    FOREIGN KEY (contract, id, amount) REFERENCES refund (contract, id, amount)
);
CREATE INDEX refund_payout_line ON refund_payout (line);
COMMENT ON TABLE refund_payout IS 'Refunds that were paid, whole and once, after their approval';

CREATE FUNCTION red_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT red_wanted FROM refund_approval WHERE contract = NEW.contract AND id = NEW.id)
        AND NOT EXISTS (SELECT FROM refund_red WHERE contract = NEW.contract AND id = NEW.id) THEN
        RAISE EXCEPTION 'the red fapiao of % is not confirmed', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'red_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER red_first BEFORE INSERT ON refund_payout FOR EACH ROW EXECUTE FUNCTION red_first();

CREATE TABLE allocation (
    key          text PRIMARY KEY,
    contract     text NOT NULL REFERENCES contract_form,
    payment      text NOT NULL REFERENCES payment,
    invoice      text REFERENCES invoice,
    refund       text,
    amount       cny NOT NULL CHECK (amount <> 0),
    effective_on date NOT NULL,
    actor        text NOT NULL CHECK (actor <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((invoice IS NULL) <> (refund IS NULL)),
    FOREIGN KEY (contract, refund) REFERENCES refund (contract, id)
);
COMMENT ON TABLE allocation IS 'Money applied to an invoice or set aside for a refund; below zero it is taken off again';
COMMENT ON COLUMN allocation.amount IS 'CNY; the sum for a payment and an invoice is what is applied';
CREATE INDEX allocation_payment ON allocation (payment);
CREATE INDEX allocation_invoice ON allocation (invoice) INCLUDE (amount, effective_on, recorded_at);
CREATE INDEX allocation_contract ON allocation (contract);

-- However money is applied: never more of a payment than it is, never more to an invoice than it asks for, never
-- less than nothing. The contract's lock makes those who apply wait for one another.
CREATE FUNCTION within_limits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    used numeric;
    paid numeric;
    asked numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('allocate ' || NEW.contract, 0));
    used := (SELECT sum(amount) FROM allocation WHERE payment = NEW.payment);
    IF used < 0 OR used > (SELECT amount FROM payment WHERE key = NEW.payment) THEN
        RAISE EXCEPTION '% of payment % would be applied', used, NEW.payment
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_limit';
    END IF;
    IF NEW.invoice IS NOT NULL THEN
        paid := (SELECT sum(amount) FROM allocation WHERE invoice = NEW.invoice);
        asked := (SELECT sum(gross) FROM invoice WHERE key = NEW.invoice OR credits = NEW.invoice);
        IF paid < 0 OR paid > asked THEN
            RAISE EXCEPTION '% would be applied to invoice %, which asks for %', paid, NEW.invoice, asked
                USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_limit';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER within_limits AFTER INSERT ON allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION within_limits();

CREATE TABLE write_off (
    key          text PRIMARY KEY,
    contract     text NOT NULL REFERENCES contract_form,
    invoice      text NOT NULL REFERENCES invoice,
    amount       cny NOT NULL CHECK (amount <> 0),
    effective_on date NOT NULL,
    actor        text NOT NULL CHECK (actor <> ''),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE write_off IS 'What a waiver let go of an invoice (§6.4); below zero where money came after all';
CREATE INDEX write_off_invoice ON write_off (invoice);

CREATE TABLE revenue_schedule (
    invoice     text NOT NULL REFERENCES invoice,
    month       date NOT NULL CHECK (month = date_trunc('month', month)::date),
    cause       text NOT NULL,
    net         cny NOT NULL CHECK (net <> 0),
    at_once     boolean NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (invoice, month, cause)
);
COMMENT ON TABLE revenue_schedule IS 'When the net amount of a charge is earned; a credit note takes its part away again';
COMMENT ON COLUMN revenue_schedule.cause IS 'the key of the document that planned it or took it away';
COMMENT ON COLUMN revenue_schedule.net IS 'CNY without VAT';
COMMENT ON COLUMN revenue_schedule.at_once IS 'true: a credit note has posted it itself; false: the month''s close posts it';

CREATE TABLE invoice_service (
    invoice      text PRIMARY KEY REFERENCES invoice,
    first        date NOT NULL,
    last         date NOT NULL CHECK (last >= first),
    grain        text NOT NULL CHECK (grain IN ('day', 'month')),
    refund_right text NOT NULL CHECK (refund_right IN ('ignore', 'hold')),
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE invoice_service IS 'The service that an invoice charges for, and the policy by which it is earned';

CREATE TABLE revenue (
    invoice     text NOT NULL REFERENCES invoice,
    month       date NOT NULL CHECK (month = date_trunc('month', month)::date),
    net         cny NOT NULL CHECK (net <> 0),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (invoice, month)
);
COMMENT ON TABLE revenue IS 'Revenue that was recognised, by charge and month; CNY without VAT';

CREATE TABLE fapiao (
    number        text PRIMARY KEY CHECK (number ~ '^[0-9]{20}$'),
    kind          text NOT NULL CHECK (kind IN ('special', 'ordinary')),
    invoice       text NOT NULL REFERENCES invoice (number),
    red_of        text REFERENCES fapiao,
    confirmation  text,
    issued_on     date NOT NULL,
    buyer         text NOT NULL CHECK (buyer <> ''),
    buyer_tax_no  text NOT NULL CHECK (buyer_tax_no ~ '^[0-9A-Z]{15,20}$'),
    seller        text NOT NULL CHECK (seller <> ''),
    seller_tax_no text NOT NULL CHECK (seller_tax_no ~ '^[0-9A-Z]{15,20}$'),
    item          text NOT NULL CHECK (item <> ''),
    tax_code      text NOT NULL CHECK (tax_code ~ '^[0-9]{19}$'),
    vat_rate      vat_rate NOT NULL,
    net           cny NOT NULL,
    tax           cny NOT NULL,
    gross         cny NOT NULL CHECK (gross <> 0),
    file_sha256   text CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    recorded_by   text NOT NULL CHECK (recorded_by <> ''),
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (net + tax = gross),
    CHECK ((red_of IS NOT NULL) = (gross < 0)),
    CHECK ((red_of IS NOT NULL) = (confirmation IS NOT NULL))
);
COMMENT ON TABLE fapiao IS '数电票: fully digital tax invoices issued for our invoices';
COMMENT ON COLUMN fapiao.number IS '发票号码, 20 digits';
COMMENT ON COLUMN fapiao.invoice IS 'number of our invoice';
COMMENT ON COLUMN fapiao.red_of IS 'of a red one, the blue one that it takes back';
COMMENT ON COLUMN fapiao.confirmation IS 'of a red one, the number of its 红字信息确认单';
COMMENT ON COLUMN fapiao.tax_code IS '税收分类编码, 19 digits';
COMMENT ON COLUMN fapiao.file_sha256 IS 'hex, of the OFD, PDF or XML file; null if it was not given';
CREATE INDEX fapiao_invoice ON fapiao (invoice);
CREATE INDEX fapiao_red_of ON fapiao (red_of) WHERE red_of IS NOT NULL;

CREATE FUNCTION fapiao_limits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('fapiao ' || NEW.invoice, 0));
    total := (SELECT coalesce(sum(gross), 0) FROM fapiao WHERE invoice = NEW.invoice) + NEW.gross;
    IF total < 0 OR total > (SELECT gross FROM invoice WHERE number = NEW.invoice) THEN
        RAISE EXCEPTION 'fapiao for % would total %', NEW.invoice, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fapiao_invoice_limit';
    END IF;
    IF NEW.red_of IS NOT NULL AND NOT EXISTS (
        SELECT FROM fapiao AS blue
        WHERE blue.number = NEW.red_of AND blue.invoice = NEW.invoice AND blue.gross > 0
            AND blue.gross + NEW.gross + (SELECT coalesce(sum(gross), 0) FROM fapiao WHERE red_of = blue.number) >= 0
    ) THEN
        RAISE EXCEPTION 'a red fapiao takes back at most its blue one' USING ERRCODE = 'check_violation', CONSTRAINT = 'fapiao_red_limit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fapiao_limits BEFORE INSERT ON fapiao FOR EACH ROW EXECUTE FUNCTION fapiao_limits();

CREATE TABLE claim (
    contract        text NOT NULL REFERENCES contract_form,
    n               int NOT NULL CHECK (n > 0),
    id              text NOT NULL UNIQUE CHECK (id <> ''),
    clause          text NOT NULL CHECK (clause IN ('3.1', '7.1', '7.2')),
    amount          cny NOT NULL CHECK (amount > 0),
    claimed_on      date NOT NULL,
    matter          text NOT NULL CHECK (matter <> ''),
    document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    recorded_by     text NOT NULL CHECK (recorded_by <> ''),
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, n),
    UNIQUE (contract, n, recorded_by)
);
COMMENT ON TABLE claim IS 'Claims of the customer for loss, in full (§7.3); those under §3.1 have no cap';

CREATE TABLE compensation (
    contract    text NOT NULL,
    claim       int NOT NULL,
    n           int NOT NULL CHECK (n > 0),
    id          text NOT NULL UNIQUE CHECK (id <> ''),
    amount      cny NOT NULL CHECK (amount > 0),
    payable_on  date NOT NULL,
    recorded_by text NOT NULL,
    approved_by text NOT NULL CHECK (approved_by <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, claim, n),
    FOREIGN KEY (contract, claim, recorded_by) REFERENCES claim (contract, n, recorded_by),
    CONSTRAINT two_persons CHECK (lower(btrim(approved_by)) <> lower(btrim(recorded_by)))
);
COMMENT ON TABLE compensation IS 'What is payable on claims, approved by another person than the one who recorded the claim (§7.3)';

CREATE TABLE compensation_payout (
    contract    text NOT NULL,
    claim       int NOT NULL,
    n           int NOT NULL,
    paid_on     date NOT NULL,
    line        bigint NOT NULL REFERENCES bank_line,
    actor       text NOT NULL CHECK (actor <> ''),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, claim, n),
    FOREIGN KEY (contract, claim, n) REFERENCES compensation
);
CREATE INDEX compensation_payout_line ON compensation_payout (line);
COMMENT ON TABLE compensation_payout IS 'Compensation that was paid';

-- All service fees received over the contract's whole life (§7.3): what was applied to its invoices and stays so, and
-- what §1.4 gave back later, which was received all the same.
CREATE FUNCTION fees_received(of_contract text, as_of date, known timestamptz) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT sum(amount) FROM allocation
            WHERE contract = of_contract AND invoice IS NOT NULL AND effective_on <= as_of AND recorded_at <= known), 0)
        + coalesce((SELECT sum(amount) FROM refund JOIN refund_approval AS a USING (contract, id)
            WHERE contract = of_contract AND reason = 'load-shortfall' AND a.approved_on <= as_of AND a.recorded_at <= known), 0)
$$;

CREATE FUNCTION liability_cap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('liability ' || NEW.contract, 0));
    IF (SELECT sum(c.amount) FROM compensation AS c JOIN claim ON claim.contract = c.contract AND claim.n = c.claim
            WHERE c.contract = NEW.contract AND c.claim = NEW.claim)
        > (SELECT amount FROM claim WHERE contract = NEW.contract AND n = NEW.claim) THEN
        RAISE EXCEPTION 'more than was claimed would be payable' USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_limit';
    END IF;
    IF (SELECT clause FROM claim WHERE contract = NEW.contract AND n = NEW.claim) <> '3.1'
        AND (SELECT sum(c.amount) FROM compensation AS c JOIN claim ON claim.contract = c.contract AND claim.n = c.claim
            WHERE c.contract = NEW.contract AND claim.clause <> '3.1')
        > fees_received(NEW.contract, 'infinity', 'infinity') THEN
        RAISE EXCEPTION 'more than the fees received would be payable' USING ERRCODE = 'check_violation', CONSTRAINT = 'liability_cap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER liability_cap AFTER INSERT ON compensation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION liability_cap();

-- The cap holds when money goes out, too: fees may have been taken back since the approval.
CREATE FUNCTION payout_cap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('liability ' || NEW.contract, 0));
    IF (SELECT clause FROM claim WHERE contract = NEW.contract AND n = NEW.claim) <> '3.1'
        AND (SELECT sum(c.amount) FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
            JOIN claim ON claim.contract = c.contract AND claim.n = c.claim
            WHERE o.contract = NEW.contract AND claim.clause <> '3.1')
        > fees_received(NEW.contract, 'infinity', 'infinity') THEN
        RAISE EXCEPTION 'more than the fees received would be paid' USING ERRCODE = 'check_violation', CONSTRAINT = 'liability_cap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_cap AFTER INSERT ON compensation_payout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payout_cap();
ALTER TABLE compensation_payout ENABLE ALWAYS TRIGGER payout_cap;

CREATE TABLE renewal_outlook (
    contract   text NOT NULL REFERENCES contract_form,
    event_seq  bigint NOT NULL,
    known_on   date NOT NULL,
    year       int NOT NULL,
    last       date NOT NULL,
    fee        cny NOT NULL,
    offered    cny,
    offered_by text NOT NULL,
    agreed     cny,
    growth     text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contract, event_seq)
);
COMMENT ON TABLE renewal_outlook IS 'Where the talks about the year after the running one stand (§5.6, §5.8), each time they moved';
COMMENT ON COLUMN renewal_outlook.fee IS 'CNY, of the running year; without growth the provider may not ask for more';
COMMENT ON COLUMN renewal_outlook.growth IS 'what was asked for beyond what the fee was agreed for, with commas between; empty: nothing';

CREATE TABLE audit_run (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ran_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    checks int NOT NULL,
    failed jsonb NOT NULL
);
COMMENT ON TABLE audit_run IS 'Nightly audits of the books: how many invariants were checked, and which failed';

CREATE TABLE calendar_day (
    day         date PRIMARY KEY,
    working     boolean NOT NULL,
    provisional boolean NOT NULL,
    nth         int NOT NULL
);
COMMENT ON TABLE calendar_day IS 'The State Council''s calendar as it is known now, laid out for counting; made anew from the notices';
COMMENT ON COLUMN calendar_day.nth IS 'how many working days there are up to and with this day';

CREATE TABLE calendar_laid_out (
    version text NOT NULL
);
COMMENT ON TABLE calendar_laid_out IS 'The version of the calendar that calendar_day shows';

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['books_policy', 'price_quote', 'booked_step', 'booking_trouble', 'invoice', 'invoice_line', 'invoice_due',
        'bank_statement', 'bank_line', 'bank_confirmation', 'bank_match', 'payment', 'payment_end', 'refund',
        'refund_approval', 'refund_red', 'refund_payout', 'allocation', 'write_off', 'revenue_schedule', 'invoice_service', 'revenue',
        'fapiao', 'claim', 'compensation', 'compensation_payout', 'renewal_outlook', 'audit_run'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', name);
        -- When something was written down, the server says.
        EXECUTE format('GRANT SELECT ON %I TO lvyue_app', name);
        EXECUTE format('GRANT INSERT (%s) ON %I TO lvyue_app', (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
            WHERE attrelid = name::regclass AND attnum > 0 AND attidentity = '' AND attname NOT IN ('recorded_at', 'ran_at')), name);
    END LOOP;
END $$;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON series
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE series ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE series ENABLE ALWAYS TRIGGER one_more;
ALTER TABLE refund_payout ENABLE ALWAYS TRIGGER red_first;
ALTER TABLE allocation ENABLE ALWAYS TRIGGER within_limits;
ALTER TABLE fapiao ENABLE ALWAYS TRIGGER fapiao_limits;
ALTER TABLE compensation ENABLE ALWAYS TRIGGER liability_cap;

GRANT SELECT, INSERT, UPDATE (last) ON series TO lvyue_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_day, calendar_laid_out TO lvyue_app;

-- What became of receipts after they were told (§5.4).
ALTER TABLE receipt ADD COLUMN line bigint, ADD COLUMN held boolean NOT NULL DEFAULT false, ADD COLUMN gone jsonb;
COMMENT ON COLUMN receipt.line IS 'the bank line that it was matched from; null: entered by a person';
COMMENT ON COLUMN receipt.held IS 'a person keeps it from being applied';
COMMENT ON COLUMN receipt.gone IS 'why it is the contract''s no more: {why, on, by, reference, line, to}; null: it counts';

-- What is left of a line: what no contract has got, and no act under way has set aside. Money that the bank took back
-- is not there any more; money that was another contract's is.
CREATE FUNCTION line_left(of_line bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT l.amount
        - coalesce((SELECT sum(p.amount) FROM payment AS p
            WHERE p.line = l.id
                AND NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key AND e.why = 'moved')), 0)
        - coalesce((SELECT sum(m.amount) FROM bank_match AS m JOIN inbox ON inbox.id = m.act_id
            WHERE m.line = l.id AND inbox.answer IS NULL), 0)
        + coalesce((SELECT sum(p.amount) FROM payment_end AS e JOIN payment AS p ON p.key = e.payment WHERE e.line = l.id), 0)
        + coalesce((SELECT sum(r.amount) FROM refund_payout AS r WHERE r.line = l.id), 0)
        + coalesce((SELECT sum(c.amount) FROM compensation_payout AS o JOIN compensation AS c USING (contract, claim, n)
            WHERE o.line = l.id), 0)
    FROM bank_line AS l
    WHERE l.id = of_line
$$;

-- Nobody uses more of a line than it is: payments that stand and those that the bank took back, reversals, payouts.
CREATE FUNCTION within_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.line IS NOT NULL AND (SELECT NOT (line_left(l.id) BETWEEN least(l.amount, 0) AND greatest(l.amount, 0))
            FROM bank_line AS l WHERE l.id = NEW.line) THEN
        RAISE EXCEPTION 'more than bank line % would be used', NEW.line USING ERRCODE = 'check_violation', CONSTRAINT = 'within_line';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER within_line AFTER INSERT ON payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION within_line();
CREATE CONSTRAINT TRIGGER within_line AFTER INSERT ON payment_end
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION within_line();
CREATE CONSTRAINT TRIGGER within_line AFTER INSERT ON refund_payout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION within_line();
CREATE CONSTRAINT TRIGGER within_line AFTER INSERT ON compensation_payout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION within_line();
ALTER TABLE payment ENABLE ALWAYS TRIGGER within_line;
ALTER TABLE payment_end ENABLE ALWAYS TRIGGER within_line;
ALTER TABLE refund_payout ENABLE ALWAYS TRIGGER within_line;
ALTER TABLE compensation_payout ENABLE ALWAYS TRIGGER within_line;

-- A refund is paid from money that is set aside for it.
CREATE FUNCTION set_aside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce((SELECT sum(amount) FROM allocation WHERE contract = NEW.contract AND refund = NEW.id), 0) < NEW.amount THEN
        RAISE EXCEPTION 'not all of % is set aside', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'set_aside';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER set_aside AFTER INSERT ON refund_payout
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION set_aside();
ALTER TABLE refund_payout ENABLE ALWAYS TRIGGER set_aside;

-- The line of a movement that a person told of: the one that is meant, if it is there; else one under the same reference of
-- which so much is left; else a new one, with its posting. Two contracts that
-- enter one transfer by hand have a line each.
CREATE FUNCTION line_of(wanted bigint, on_account text, under text, of_contract text, of_amount numeric, day date, booked date, who text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
    txn bigint;
    name text := under;
    n int := 0;
BEGIN
    SELECT id INTO found FROM bank_line WHERE id = wanted AND sign(amount) = sign(of_amount);
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('bank ' || under, 0));
    SELECT id INTO found FROM bank_line
    WHERE reference = under AND sign(amount) = sign(of_amount) AND (on_account = '' OR account = on_account)
        AND abs(line_left(id)) >= abs(of_amount)
    ORDER BY id LIMIT 1;
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    WHILE EXISTS (SELECT FROM bank_line WHERE account = on_account AND reference = name) LOOP
        n := n + 1;
        name := under || '#' || of_contract || '#' || n;
    END LOOP;
    INSERT INTO bank_line (account, reference, booked_on, effective_on, amount, payer, payer_account, memo, actor)
    VALUES (on_account, name, day, booked, of_amount, '', '', '', who)
    RETURNING id INTO found;
    INSERT INTO ledger_txn (key, document, effective_on, actor, lines)
    VALUES ('bank/' || on_account || '/' || name, 'bank-line', booked, who, 2)
    RETURNING id INTO txn;
    INSERT INTO ledger_entry (txn, line, account, amount, effective_on, recorded_at, lines)
    SELECT t.id, e.line, e.account, e.amount, t.effective_on, t.recorded_at, t.lines
    FROM ledger_txn AS t
    CROSS JOIN (VALUES (1, '1002', of_amount), (2, CASE WHEN of_amount > 0 THEN '2203' ELSE '1221' END, -of_amount))
        AS e (line, account, amount)
    WHERE t.id = txn;
    RETURN found;
END $$;
