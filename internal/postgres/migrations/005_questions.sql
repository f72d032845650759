-- What finance asks of the books: one view per question, for the product and for finance's own tools alike. Every view
-- looks at the books as two settings of the session say:
--   lvyue.as_of     a day (2026-03-31): what belongs to that day or one before it; unset or empty: everything
--   lvyue.known_at  an instant (2026-04-02 18:00+08): what was written down by then; unset or empty: everything
-- Both are set with SET or set_config. What has no day of its own, such as a due day, counts as soon as it is known.
-- Amounts are CNY to the fen; days are civil days in Asia/Shanghai; instants are timestamptz. § is a clause of CONTRACT.md.

CREATE FUNCTION books_as_of() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('lvyue.as_of', true), '')::date, 'infinity');
COMMENT ON FUNCTION books_as_of() IS 'The last day that counts, from the setting lvyue.as_of; infinity: every day does';

CREATE FUNCTION books_known_at() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('lvyue.known_at', true), '')::timestamptz, 'infinity');
COMMENT ON FUNCTION books_known_at() IS 'The last instant of writing that counts, from the setting lvyue.known_at; infinity: every one does';

CREATE FUNCTION books_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN isfinite(books_as_of()) THEN books_as_of() ELSE (now() AT TIME ZONE 'Asia/Shanghai')::date END;
COMMENT ON FUNCTION books_day() IS 'The day on which lateness is reckoned: that of lvyue.as_of, else today in Shanghai';

-- The settings stand in sub-selects, so that they are read once a query and not once a row.

CREATE INDEX write_off_contract ON write_off (contract);

CREATE TABLE carried_forward (
    month      date NOT NULL REFERENCES month_close,
    account    text NOT NULL REFERENCES account,
    through    date NOT NULL CHECK (through = (month + interval '1 month - 1 day')::date),
    debit      cny NOT NULL,
    credit     cny NOT NULL,
    known_from timestamptz NOT NULL,
    PRIMARY KEY (month, account)
);
COMMENT ON TABLE carried_forward IS 'The debits and credits of each account through a closed month, summed up when it is closed: they are final';
COMMENT ON COLUMN carried_forward.through IS 'last day of the month';
COMMENT ON COLUMN carried_forward.debit IS 'CNY, of all days up to through';
COMMENT ON COLUMN carried_forward.credit IS 'CNY, of all days up to through';
COMMENT ON COLUMN carried_forward.known_from IS 'instant from which on all of it was written down; the same in all rows of a month';

-- Sums up from the month that was carried forward last. Nobody posts meanwhile, and nothing is posted into the month later.
CREATE FUNCTION carry_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before date;
    until  date := (NEW.month + interval '1 month - 1 day')::date;
BEGIN
    PERFORM pg_advisory_xact_lock(books_lock());
    before := (SELECT max(month) FROM carried_forward WHERE month < NEW.month);
    INSERT INTO carried_forward (month, account, through, debit, credit, known_from)
    SELECT NEW.month, account, until, sum(debit), sum(credit), max(greatest(NEW.closed_at, max(known_from))) OVER ()
    FROM (
        SELECT account, debit, credit, known_from
        FROM carried_forward
        WHERE month = before
        UNION ALL
        SELECT account, coalesce(sum(amount) FILTER (WHERE amount > 0), 0), coalesce(-sum(amount) FILTER (WHERE amount < 0), 0),
            max(recorded_at)
        FROM ledger_entry
        WHERE effective_on > coalesce((before + interval '1 month - 1 day')::date, '-infinity')
            AND effective_on <= until
        GROUP BY account
    ) AS part
    GROUP BY account;
    RETURN NULL;
END $$;
CREATE TRIGGER carry_forward AFTER INSERT ON month_close FOR EACH ROW EXECUTE FUNCTION carry_forward();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON carried_forward
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE month_close ENABLE ALWAYS TRIGGER carry_forward;
ALTER TABLE carried_forward ENABLE ALWAYS TRIGGER append_only;
GRANT SELECT, INSERT ON carried_forward TO lvyue_app;

-- The contract stands in the groupings so that a question about one reads no other's rows.
CREATE VIEW books_invoice AS
SELECT i.number, i.kind, i.contract, i.buyer, i.seller, i.charge, i.obligation, i.service_year,
    (SELECT o.number FROM invoice AS o WHERE o.key = i.credits) AS credits, i.reason, i.issued_on, d.due_on, i.gross, i.net,
    i.tax, i.vat_rate::text AS vat_rate, i.capital, coalesce(a.amount, 0) AS received, coalesce(n.credited, 0) AS credited,
    coalesce(n.written_off, 0) AS written_off,
    CASE i.kind
        WHEN 'invoice' THEN i.gross - coalesce(a.amount, 0) - coalesce(n.credited, 0) - coalesce(n.written_off, 0)
        ELSE 0
    END AS open,
    i.actor, i.recorded_at, i.key
FROM invoice AS i
LEFT JOIN (
    SELECT contract, invoice, sum(amount) AS amount
    FROM allocation
    WHERE invoice IS NOT NULL
        AND effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    GROUP BY contract, invoice
) AS a ON a.contract = i.contract AND a.invoice = i.key
LEFT JOIN (
    SELECT contract, invoice, sum(credited) AS credited, sum(written_off) AS written_off
    FROM (
        SELECT contract, credits AS invoice, -gross AS credited, 0 AS written_off
        FROM invoice
        WHERE credits IS NOT NULL
            AND issued_on <= (SELECT books_as_of())
            AND recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT contract, invoice, 0, amount
        FROM write_off
        WHERE effective_on <= (SELECT books_as_of())
            AND recorded_at <= (SELECT books_known_at())
    ) AS part
    GROUP BY contract, invoice
) AS n ON n.contract = i.contract AND n.invoice = i.key
LEFT JOIN LATERAL (
    SELECT due_on
    FROM invoice_due
    WHERE invoice = i.key
        AND recorded_at <= (SELECT books_known_at())
    ORDER BY event_seq DESC
    LIMIT 1
) AS d ON true
WHERE i.issued_on <= (SELECT books_as_of())
    AND i.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_invoice_line AS
SELECT i.number, i.contract, l.line, l.what, s.first, s.last, l.net, l.tax, l.gross, i.vat_rate::text AS vat_rate
FROM invoice_line AS l
JOIN invoice AS i ON i.key = l.invoice
LEFT JOIN invoice_service AS s ON s.invoice = coalesce(i.credits, i.key)
    AND s.recorded_at <= (SELECT books_known_at())
WHERE i.issued_on <= (SELECT books_as_of())
    AND i.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_receivable AS
SELECT r.contract, r.buyer, r.number, r.charge, r.obligation, r.service_year, r.issued_on, r.due_on, r.gross, r.received,
    r.credited, r.written_off, r.open, CASE WHEN r.due_on IS NOT NULL THEN greatest(r.late, 0) END AS days_late,
    CASE WHEN c.nth IS NOT NULL THEN greatest((SELECT nth FROM calendar_day WHERE day = (SELECT books_day())) - c.nth, 0)
        END AS working_days_late,
    CASE
        WHEN r.late > 90 THEN 'over-90'
        WHEN r.late > 60 THEN '61-90'
        WHEN r.late > 30 THEN '31-60'
        WHEN r.late > 0 THEN '1-30'
        ELSE 'not-due'
    END AS bucket,
    o.status AS duty, o.provisional, r.recorded_at
FROM (SELECT *, (SELECT books_day()) - due_on AS late FROM books_invoice WHERE open <> 0) AS r
LEFT JOIN calendar_day AS c ON c.day = r.due_on
LEFT JOIN obligation AS o ON o.contract = r.contract AND o.id = r.obligation;

CREATE VIEW books_aging AS
SELECT r.contract, c.customer, r.not_due, r.d1_30, r.d31_60, r.d61_90, r.over_90, r.total, r.oldest_due
FROM (
    SELECT contract,
        coalesce(sum(open) FILTER (WHERE bucket = 'not-due'), 0) AS not_due,
        coalesce(sum(open) FILTER (WHERE bucket = '1-30'), 0) AS d1_30,
        coalesce(sum(open) FILTER (WHERE bucket = '31-60'), 0) AS d31_60,
        coalesce(sum(open) FILTER (WHERE bucket = '61-90'), 0) AS d61_90,
        coalesce(sum(open) FILTER (WHERE bucket = 'over-90'), 0) AS over_90,
        sum(open) AS total,
        min(due_on) AS oldest_due
    -- OFFSET keeps the planner from sorting all invoices by contract, of which few are open.
    FROM (SELECT contract, open, bucket, due_on FROM books_receivable OFFSET 0) AS open_invoice
    GROUP BY contract
) AS r
LEFT JOIN contract AS c ON c.number = r.contract;

CREATE VIEW books_statement AS
SELECT e.contract, e.effective_on, e.recorded_at, t.document, t.key,
    CASE t.document
        WHEN 'invoice' THEN (SELECT i.number FROM invoice AS i WHERE i.key = t.key)
        WHEN 'credit-note' THEN (SELECT i.number FROM invoice AS i WHERE i.key = t.key)
        WHEN 'payment' THEN (SELECT p.reference FROM payment AS p WHERE p.key = t.key)
        WHEN 'payment-end' THEN (SELECT p.reference FROM payment AS p WHERE p.key = left(t.key, -4))
        WHEN 'allocation' THEN (
            SELECT p.reference FROM allocation AS a JOIN payment AS p ON p.key = a.payment WHERE a.key = t.key
        )
        WHEN 'write-off' THEN (
            SELECT i.number FROM write_off AS w JOIN invoice AS i ON i.key = w.invoice WHERE w.key = t.key
        )
        WHEN 'refund-payout' THEN substring(substr(t.key, length(e.contract) + 2) FROM '^(.*)/payout$')
        ELSE 'claim/' || split_part(substr(t.key, length(e.contract) + 2), '/', 2)
    END AS number,
    CASE t.document
        WHEN 'credit-note' THEN (
            SELECT o.number FROM invoice AS i JOIN invoice AS o ON o.key = i.credits WHERE i.key = t.key
        )
        WHEN 'payment-end' THEN (SELECT p.why FROM payment_end AS p WHERE p.payment = left(t.key, -4))
        WHEN 'allocation' THEN (
            SELECT coalesce(i.number, a.refund)
            FROM allocation AS a
            LEFT JOIN invoice AS i ON i.key = a.invoice
            WHERE a.key = t.key
        )
        WHEN 'refund-payout' THEN (
            SELECT l.reference FROM refund_payout AS o JOIN bank_line AS l ON l.id = o.line
            WHERE o.contract = e.contract AND o.id = substring(substr(t.key, length(e.contract) + 2) FROM '^(.*)/payout$')
        )
    END AS about,
    greatest(e.amount, 0) AS debit, greatest(-e.amount, 0) AS credit, e.applied, e.balance, t.actor, e.txn AS posting
FROM (
    SELECT contract, txn, effective_on, recorded_at, amount, applied,
        sum(amount) OVER (PARTITION BY contract ORDER BY effective_on, txn) AS balance
    FROM (
        SELECT contract, txn, effective_on, recorded_at, sum(amount) AS amount,
            CASE WHEN sum(amount) = 0 THEN sum(amount) FILTER (WHERE account = '2203') ELSE 0 END AS applied
        FROM ledger_entry
        WHERE contract IS NOT NULL
            AND account IN ('1122', '2203', '2241')
            AND effective_on <= (SELECT books_as_of())
            AND recorded_at <= (SELECT books_known_at())
        GROUP BY contract, txn, effective_on, recorded_at
    ) AS posting
) AS e
JOIN ledger_txn AS t ON t.id = e.txn;

CREATE VIEW books_bank_line AS
SELECT l.id, l.account, l.reference, l.booked_on, l.effective_on, l.amount, l.payer, l.payer_account, l.memo,
    coalesce(u.applied, 0) AS applied, l.amount - coalesce(u.applied, 0) AS remaining, u.applied_to,
    coalesce(l.statement IS NOT NULL OR c.recorded_at <= (SELECT books_known_at()), false) AS confirmed,
    l.actor, l.recorded_at
FROM bank_line AS l
LEFT JOIN bank_confirmation AS c ON c.line = l.id
LEFT JOIN (
    SELECT line, sum(amount) AS applied, string_agg(contract || ' ' || what || amount, '; ' ORDER BY contract, what, amount) AS applied_to
    FROM (
        -- Money that the bank took back stays used up: its own line out answers for it.
        SELECT p.line, p.amount, p.contract, '' AS what
        FROM payment AS p
        LEFT JOIN payment_end AS e ON e.payment = p.key
            AND e.why = 'moved'
            AND e.ended_on <= (SELECT books_as_of())
            AND e.recorded_at <= (SELECT books_known_at())
        WHERE p.effective_on <= (SELECT books_as_of())
            AND p.recorded_at <= (SELECT books_known_at())
            AND e.payment IS NULL
        UNION ALL
        SELECT e.line, -p.amount, p.contract, p.reference || ' '
        FROM payment_end AS e
        JOIN payment AS p ON p.key = e.payment
        WHERE e.why = 'reversed'
            AND e.ended_on <= (SELECT books_as_of())
            AND e.recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT o.line, -o.amount, o.contract, o.id || ' '
        FROM refund_payout AS o
        JOIN ledger_txn AS t ON t.key = o.contract || '/' || o.id || '/payout'
        WHERE t.effective_on <= (SELECT books_as_of())
            AND t.recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT o.line, -c.amount, o.contract, 'claim/' || o.claim || ' '
        FROM compensation_payout AS o
        JOIN compensation AS c USING (contract, claim, n)
        JOIN ledger_txn AS t ON t.key = o.contract || '/claim/' || o.claim || '/compensation/' || o.n || '/payout'
        WHERE t.effective_on <= (SELECT books_as_of())
            AND t.recorded_at <= (SELECT books_known_at())
    ) AS used
    GROUP BY line
) AS u ON u.line = l.id
WHERE l.effective_on <= (SELECT books_as_of())
    AND l.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_unapplied AS
WITH line AS (
    SELECT id, reference, payer, memo, booked_on, amount, remaining, recorded_at,
        upper(normalize(memo || ' ' || payer || ' ' || reference, NFKC)) AS words, replace(normalize(payer, NFKC), ' ', '') AS name
    FROM books_bank_line
    WHERE amount > 0
        AND remaining <> 0
), candidate AS (
    SELECT DISTINCT line.id, f.number AS contract, 'number' AS by
    FROM line
    CROSS JOIN LATERAL regexp_matches(line.words, '[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?', 'g') AS token
    JOIN contract_form AS f ON upper(f.number) = token[1]
    UNION ALL
    SELECT line.id, c.number, 'payer'
    FROM line
    JOIN contract AS c ON replace(normalize(c.customer, NFKC), ' ', '') = line.name
    WHERE line.name <> ''
), exact AS (
    SELECT line.id, r.contract
    FROM line
    JOIN books_receivable AS r ON r.open = line.remaining
    GROUP BY line.id, r.contract
), best AS (
    -- A number in the text says more than a name: 'number' comes before 'payer'.
    SELECT c.id, c.contract, c.by, e.id IS NOT NULL AS exact, min(c.by) OVER (PARTITION BY c.id) AS chosen
    FROM candidate AS c
    LEFT JOIN exact AS e ON e.id = c.id AND e.contract = c.contract
), suggestion AS (
    SELECT id,
        CASE
            WHEN count(*) = 1 THEN min(contract)
            WHEN count(*) FILTER (WHERE exact) = 1 THEN min(contract) FILTER (WHERE exact)
        END AS contract,
        CASE
            WHEN count(*) FILTER (WHERE exact) = 1 THEN min(by) || '-amount'
            WHEN count(*) = 1 THEN min(by)
            ELSE 'several'
        END AS why
    FROM best
    WHERE by = chosen
    GROUP BY id
)
SELECT 'payment' AS what, p.contract, p.reference, p.line, l.payer, l.memo, p.received_on AS booked_on, p.amount,
    CASE WHEN e.payment IS NULL THEN p.amount ELSE 0 END - coalesce(a.amount, 0) AS unapplied, coalesce(h.held, false) AS held,
    0 AS set_aside, NULL AS suggested, NULL AS why, p.recorded_at
FROM payment AS p
JOIN bank_line AS l ON l.id = p.line
LEFT JOIN payment_end AS e ON e.payment = p.key
    AND e.ended_on <= (SELECT books_as_of())
    AND e.recorded_at <= (SELECT books_known_at())
LEFT JOIN (
    SELECT contract, payment, sum(amount) AS amount
    FROM allocation
    WHERE effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    GROUP BY contract, payment
) AS a ON a.contract = p.contract AND a.payment = p.key
LEFT JOIN LATERAL (
    SELECT (v.event -> 'changed' -> 'receipt_change' ->> 'held')::boolean AS held
    FROM contract_event AS v
    WHERE v.contract = p.contract
        AND v.what = 'receipt-changed'
        AND v.subject = p.reference
        AND (v.at AT TIME ZONE 'Asia/Shanghai')::date <= (SELECT books_as_of())
        AND v.recorded_at <= (SELECT books_known_at())
    ORDER BY v.seq DESC
    LIMIT 1
) AS h ON true
WHERE p.effective_on <= (SELECT books_as_of())
    AND p.recorded_at <= (SELECT books_known_at())
    AND CASE WHEN e.payment IS NULL THEN p.amount ELSE 0 END - coalesce(a.amount, 0) <> 0
UNION ALL
SELECT 'line', NULL, line.reference, line.id, line.payer, line.memo, line.booked_on, line.amount, line.remaining, false,
    coalesce((
        SELECT sum(m.amount)
        FROM bank_match AS m
        JOIN inbox ON inbox.id = m.act_id
        WHERE m.line = line.id
            AND m.recorded_at <= (SELECT books_known_at())
            AND coalesce(inbox.answered_at > (SELECT books_known_at()), inbox.answered_at IS NULL)
    ), 0),
    s.contract, s.why, line.recorded_at
FROM line
LEFT JOIN suggestion AS s ON s.id = line.id;

CREATE VIEW books_trial_balance AS
SELECT a.code AS account, a.name_zh, a.name_en, a.kind, coalesce(c.debit, 0) + e.debit AS debit,
    coalesce(c.credit, 0) + e.debit - e.balance AS credit, coalesce(c.debit - c.credit, 0) + e.balance AS balance
FROM account AS a
LEFT JOIN carried_forward AS c ON c.account = a.code
    AND c.month = (
        SELECT max(month)
        FROM carried_forward
        WHERE through <= (SELECT books_as_of())
            AND known_from <= (SELECT books_known_at())
    )
CROSS JOIN LATERAL (
    -- Whoever asks for the balance alone pays for one sum alone.
    SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debit, coalesce(sum(amount), 0) AS balance
    FROM ledger_entry
    WHERE account = a.code
        AND effective_on > (
            SELECT coalesce(max(through), '-infinity')
            FROM carried_forward
            WHERE through <= (SELECT books_as_of())
                AND known_from <= (SELECT books_known_at())
        )
        AND effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
) AS e;

CREATE VIEW books_ledger AS
SELECT e.account, e.effective_on, e.recorded_at, t.document, t.key, e.contract, greatest(e.amount, 0) AS debit,
    greatest(-e.amount, 0) AS credit, e.balance, t.actor, e.txn AS posting, e.line
FROM (
    SELECT account, effective_on, recorded_at, txn, line, contract, amount,
        sum(amount) OVER (PARTITION BY account ORDER BY effective_on, txn, line) AS balance
    FROM ledger_entry
    WHERE effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
) AS e
JOIN ledger_txn AS t ON t.id = e.txn;

CREATE VIEW books_revenue AS
SELECT i.number, i.contract, m.month, m.planned, m.recognised, m.planned - m.recognised AS deferred
FROM (
    SELECT contract, invoice, month, sum(planned) AS planned, sum(recognised) AS recognised
    FROM (
        -- What an invoice or its credit note planned; what is not planned yet stands under no month.
        SELECT n.contract, s.invoice, p.month, p.net AS planned, p.earned AS recognised
        FROM invoice AS n
        JOIN revenue_schedule AS s ON s.invoice = coalesce(n.credits, n.key)
            AND n.key = CASE WHEN s.at_once THEN left(s.cause, -7) ELSE s.cause END
        CROSS JOIN LATERAL (VALUES (s.month, s.net, CASE WHEN s.at_once THEN s.net ELSE 0 END), (NULL, -s.net, 0))
            AS p (month, net, earned)
        WHERE n.issued_on <= (SELECT books_as_of())
            AND n.recorded_at <= (SELECT books_known_at())
            AND s.recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT contract, coalesce(credits, key), NULL, net, 0
        FROM invoice
        WHERE issued_on <= (SELECT books_as_of())
            AND recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT n.contract, r.invoice, r.month, 0, r.net
        FROM invoice AS n
        JOIN revenue AS r ON r.invoice = n.key
        JOIN ledger_txn AS t ON t.key = 'revenue/' || r.invoice || '/' || to_char(r.month, 'YYYY-MM')
        WHERE t.effective_on <= (SELECT books_as_of())
            AND t.recorded_at <= (SELECT books_known_at())
    ) AS part
    GROUP BY contract, invoice, month
) AS m
JOIN invoice AS i ON i.key = m.invoice
WHERE m.planned <> 0 OR m.recognised <> 0;

CREATE VIEW books_claim AS
SELECT c.contract, c.n, c.clause, c.amount, c.claimed_on, c.matter, coalesce(p.payable, 0) AS payable,
    coalesce(p.paid, 0) AS paid, c.recorded_by, p.approved_by, c.document_sha256, c.recorded_at
FROM claim AS c
LEFT JOIN (
    SELECT c.contract, c.claim, sum(c.amount) AS payable, sum(c.amount) FILTER (WHERE o.key IS NOT NULL) AS paid,
        string_agg(c.approved_by, ', ' ORDER BY c.n) AS approved_by
    FROM compensation AS c
    JOIN ledger_txn AS t ON t.key = c.contract || '/claim/' || c.claim || '/compensation/' || c.n
    LEFT JOIN ledger_txn AS o ON o.key = t.key || '/payout'
        AND o.effective_on <= (SELECT books_as_of())
        AND o.recorded_at <= (SELECT books_known_at())
    WHERE t.effective_on <= (SELECT books_as_of())
        AND t.recorded_at <= (SELECT books_known_at())
    GROUP BY c.contract, c.claim
) AS p ON p.contract = c.contract AND p.claim = c.n
WHERE c.claimed_on <= (SELECT books_as_of())
    AND c.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_liability AS
SELECT f.number AS contract, k.fees_received, k.fees_received AS cap, k.claimed, k.payable, k.paid,
    k.fees_received - k.payable AS remaining, k.claimed_3_1, k.payable_3_1, k.paid_3_1
FROM contract_form AS f
JOIN (
    SELECT contract, coalesce(sum(fees), 0) AS fees_received,
        coalesce(sum(claimed) FILTER (WHERE capped), 0) AS claimed,
        coalesce(sum(payable) FILTER (WHERE capped), 0) AS payable,
        coalesce(sum(paid) FILTER (WHERE capped), 0) AS paid,
        coalesce(sum(claimed) FILTER (WHERE NOT capped), 0) AS claimed_3_1,
        coalesce(sum(payable) FILTER (WHERE NOT capped), 0) AS payable_3_1,
        coalesce(sum(paid) FILTER (WHERE NOT capped), 0) AS paid_3_1
    FROM (
        SELECT number AS contract, 0 AS fees, 0 AS claimed, 0 AS payable, 0 AS paid, true AS capped
        FROM contract_form
        UNION ALL
        SELECT contract, amount, 0, 0, 0, true
        FROM allocation
        WHERE invoice IS NOT NULL
            AND effective_on <= (SELECT books_as_of())
            AND recorded_at <= (SELECT books_known_at())
        UNION ALL
        -- What §1.4 gave back was received all the same.
        SELECT contract, r.amount, 0, 0, 0, true
        FROM refund AS r
        JOIN refund_approval AS a USING (contract, id)
        WHERE r.reason = 'load-shortfall'
            AND a.approved_on <= (SELECT books_as_of())
            AND a.recorded_at <= (SELECT books_known_at())
        UNION ALL
        SELECT contract, 0, amount, payable, paid, clause <> '3.1'
        FROM books_claim
    ) AS part
    GROUP BY contract
) AS k ON k.contract = f.number;

CREATE VIEW books_refund AS
SELECT r.contract, r.id, r.reason, r.amount, r.requested_by, r.requested_on, a.approved_by, a.approved_on,
    coalesce(a.red_wanted, false) AS red_wanted, d.confirmation AS red,
    CASE WHEN t.key IS NOT NULL THEN o.paid_on END AS paid_on,
    CASE WHEN t.key IS NOT NULL THEN (SELECT l.reference FROM bank_line AS l WHERE l.id = o.line) END AS paid_by_reference,
    coalesce(s.amount, 0) - CASE WHEN t.key IS NOT NULL THEN r.amount ELSE 0 END AS owed,
    CASE
        WHEN t.key IS NOT NULL THEN 'paid'
        WHEN v.seq IS NOT NULL THEN 'dropped'
        WHEN a.id IS NULL THEN 'requested'
        WHEN a.red_wanted AND d.id IS NULL THEN 'waiting-red'
        ELSE 'payable'
    END AS state,
    r.recorded_at
FROM refund AS r
LEFT JOIN refund_approval AS a ON a.contract = r.contract AND a.id = r.id
    AND a.approved_on <= (SELECT books_as_of())
    AND a.recorded_at <= (SELECT books_known_at())
LEFT JOIN refund_red AS d ON d.contract = r.contract AND d.id = r.id
    AND d.recorded_at <= (SELECT books_known_at())
LEFT JOIN refund_payout AS o ON o.contract = r.contract AND o.id = r.id
LEFT JOIN ledger_txn AS t ON t.key = o.contract || '/' || o.id || '/payout'
    AND t.effective_on <= (SELECT books_as_of())
    AND t.recorded_at <= (SELECT books_known_at())
LEFT JOIN (
    SELECT contract, refund, sum(amount) AS amount
    FROM allocation
    WHERE refund IS NOT NULL
        AND effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    GROUP BY contract, refund
) AS s ON s.contract = r.contract AND s.refund = r.id
LEFT JOIN LATERAL (
    SELECT seq
    FROM contract_event
    WHERE contract = r.contract
        AND subject = r.id
        AND what IN ('waived', 'void')
        AND (at AT TIME ZONE 'Asia/Shanghai')::date <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    LIMIT 1
) AS v ON true
WHERE r.requested_on <= (SELECT books_as_of())
    AND r.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_fapiao AS
SELECT f.number, CASE WHEN f.red_of IS NULL THEN 'blue' ELSE 'red' END AS colour, f.kind, i.contract, f.invoice, f.red_of,
    f.confirmation, f.issued_on, f.buyer, f.buyer_tax_no, f.seller, f.seller_tax_no, f.item, f.tax_code,
    f.vat_rate::text AS vat_rate, f.net, f.tax, f.gross, f.file_sha256, f.recorded_by, f.recorded_at
FROM fapiao AS f
JOIN invoice AS i ON i.number = f.invoice
WHERE f.issued_on <= (SELECT books_as_of())
    AND f.recorded_at <= (SELECT books_known_at());

CREATE VIEW books_month AS
SELECT m.month, c.closed_by IS NOT NULL AS closed, c.closed_by, c.closed_at, m.postings, m.debit, m.credit, m.bank,
    m.receivable, m.revenue, m.vat
FROM (
    SELECT date_trunc('month', effective_on::timestamp)::date AS month, count(DISTINCT txn) AS postings,
        coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debit,
        coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS credit,
        coalesce(sum(amount) FILTER (WHERE account = '1002'), 0) AS bank,
        coalesce(sum(amount) FILTER (WHERE account = '1122'), 0) AS receivable,
        coalesce(-sum(amount) FILTER (WHERE account = '6001'), 0) AS revenue,
        coalesce(-sum(amount) FILTER (WHERE account = '2221'), 0) AS vat
    FROM ledger_entry
    WHERE effective_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    GROUP BY 1
) AS m
LEFT JOIN LATERAL (
    -- A closed month closes all before it.
    SELECT closed_by, closed_at
    FROM month_close
    WHERE month >= m.month
        AND (month + interval '1 month - 1 day')::date <= (SELECT books_as_of())
        AND closed_at <= (SELECT books_known_at())
    ORDER BY month
    LIMIT 1
) AS c ON true;

CREATE VIEW books_policy_now AS
SELECT vat_rate::text AS vat_rate, grain, refund_right, set_by, recorded_at
FROM books_policy
WHERE recorded_at <= (SELECT books_known_at())
ORDER BY id DESC
LIMIT 1;

CREATE VIEW books_renewal AS
SELECT o.contract, c.customer, c.account_manager, o.year, o.last, o.fee, o.offered, o.offered_by, o.agreed, o.growth,
    CASE WHEN o.agreed IS NOT NULL THEN 'agreed' WHEN o.growth = '' THEN 'may-not-rise' ELSE 'may-rise' END AS verdict,
    CASE WHEN o.agreed IS NULL AND o.growth = '' THEN o.fee END AS ceiling,
    o.known_on, o.recorded_at
FROM (
    SELECT DISTINCT ON (contract) *
    FROM renewal_outlook
    WHERE known_on <= (SELECT books_as_of())
        AND recorded_at <= (SELECT books_known_at())
    ORDER BY contract, event_seq DESC
) AS o
JOIN contract AS c ON c.number = o.contract
WHERE c.ended_on IS NULL OR c.ended_on > (SELECT books_as_of());

CREATE VIEW books_audit_run AS
SELECT id, ran_at, checks, jsonb_array_length(failed) AS failed,
    (SELECT string_agg(name, ', ' ORDER BY name) FROM jsonb_array_elements_text(failed) AS name) AS invariants
FROM audit_run
WHERE ran_at <= (SELECT books_known_at());

DO $$
DECLARE
    c record;
BEGIN
    FOR c IN
        WITH said (view_name, column_name, words) AS (VALUES
            -- Columns that mean the same wherever they stand.
            ('', 'contract', 'number of the contract'),
            ('', 'customer', 'name of the customer (甲方), as the evidence has it now'),
            ('', 'buyer', 'name of the customer on the document'),
            ('', 'seller', 'name of the provider on the document'),
            ('', 'effective_on', 'civil day in Asia/Shanghai to which the posting belongs'),
            ('', 'booked_on', 'the bank''s day, Asia/Shanghai'),
            ('', 'recorded_at', 'instant at which it was written down'),
            ('', 'actor', 'who caused it; lvyue: the passing of time did'),
            ('', 'recorded_by', 'who recorded it'),
            ('', 'key', 'business key of the document, once for ever'),
            ('', 'document', 'kind of the document: invoice, credit-note, payment, payment-end, allocation, write-off, refund-payout, bank-line, revenue, compensation, compensation-payout'),
            ('', 'charge', 'what is charged for: annual-fee (§5.3), expansion (§5.7)'),
            ('', 'obligation', 'id of the duty that owes the money (§5.4, §5.6, §5.7)'),
            ('', 'service_year', 'number of the service year (§5.1), from 1'),
            ('', 'issued_on', 'day of issue, Asia/Shanghai'),
            ('', 'due_on', 'last day for payment (§5.4, §5.6), Asia/Shanghai, as far as notices of the State Council were known; null: not known yet'),
            ('', 'gross', 'CNY, VAT included; below zero on a credit note or a red fapiao'),
            ('', 'net', 'CNY without VAT'),
            ('', 'tax', 'CNY of VAT'),
            ('', 'vat_rate', 'share of the net amount, such as 0.06'),
            ('', 'received', 'CNY of receipts that are applied to it (§5.4)'),
            ('', 'credited', 'CNY, VAT included, that credit notes have taken back (§1.4, §6.4)'),
            ('', 'written_off', 'CNY that a waiver let go'),
            ('', 'payer', 'who paid, or was paid, as the bank says'),
            ('', 'memo', 'what the bank says it is for'),
            ('', 'account', 'code in the chart of accounts'),
            ('', 'posting', 'number of the posting here, in the order of writing'),
            ('books_ledger', 'line', 'number of the line in its posting, from 1'),
            ('books_invoice', 'number', 'series, year of issue, and a number without gaps'),
            ('books_invoice', 'kind', 'invoice or credit-note'),
            ('books_invoice', 'capital', 'gross in capital numerals (§5.3); 负 in front on a credit note'),
            ('books_invoice', 'credits', 'of a credit note, the number of its invoice'),
            ('books_invoice', 'reason', 'of a credit note: repriced (§6.4), void (the year never began), refund (§1.4); else empty'),
            ('books_invoice', 'open', 'CNY still to be paid: gross less received, credited and written off; 0 on a credit note'),
            ('books_invoice_line', 'number', 'number of the invoice or credit note'),
            ('books_invoice_line', 'line', 'number of the line on it, from 1'),
            ('books_invoice_line', 'what', 'what is charged for'),
            ('books_invoice_line', 'first', 'first day of the service that is charged for (§5.1), Asia/Shanghai; null: not known yet'),
            ('books_invoice_line', 'last', 'last day of it'),
            ('books_receivable', 'number', 'number of the invoice'),
            ('books_receivable', 'open', 'CNY still to be paid; the sum is the balance of account 1122'),
            ('books_receivable', 'days_late', 'calendar days past the due day on the day of lvyue.as_of, else on today; 0: not late; null: no due day'),
            ('books_receivable', 'working_days_late', 'the same in working days as the State Council arranges them; null: the calendar is not laid out that far'),
            ('books_receivable', 'bucket', 'column of the aging table by days_late: not-due, 1-30, 31-60, 61-90, over-90'),
            ('books_receivable', 'duty', 'status of the duty as the evidence stands now, whatever the settings: frozen is in dispute (§6.3)'),
            ('books_receivable', 'provisional', 'as the evidence stands now: the due day rests on a year without a notice'),
            ('books_aging', 'not_due', 'CNY open and not late'),
            ('books_aging', 'd1_30', 'CNY open, 1 to 30 calendar days late'),
            ('books_aging', 'd31_60', 'CNY open, 31 to 60 calendar days late'),
            ('books_aging', 'd61_90', 'CNY open, 61 to 90 calendar days late'),
            ('books_aging', 'over_90', 'CNY open, more than 90 calendar days late'),
            ('books_aging', 'total', 'CNY open; the sum is the balance of account 1122'),
            ('books_aging', 'oldest_due', 'the first of the due days (§5.4, §5.6), Asia/Shanghai'),
            ('books_statement', 'number', 'what the document is called: number of the invoice or credit note, bank''s reference of the money, id of the refund or claim'),
            ('books_statement', 'about', 'what it is about: the invoice or refund that gets the money, the invoice that is credited, why a payment ended (reversed, moved), the bank''s reference of a payout'),
            ('books_statement', 'debit', 'CNY that the customer owes more, or has with us less'),
            ('books_statement', 'credit', 'CNY that the customer owes less, or has with us more'),
            ('books_statement', 'applied', 'CNY of the customer''s money that an allocation applied to an invoice or set aside for a refund, below zero if it was taken off again; the balance stays'),
            ('books_statement', 'balance', 'CNY after this row, of the accounts 1122, 2203 and 2241: above zero the customer owes it, below zero it is with us'),
            ('books_bank_line', 'id', 'number of the line here'),
            ('books_bank_line', 'account', 'the provider''s account; empty if whoever entered it did not say'),
            ('books_bank_line', 'reference', 'the bank''s'),
            ('books_bank_line', 'effective_on', 'the bank''s day, Asia/Shanghai, or the first open one if its month was closed already'),
            ('books_bank_line', 'amount', 'CNY; above zero came in, below went out; the sum is the balance of account 1002'),
            ('books_bank_line', 'payer_account', 'account of the payer or payee'),
            ('books_bank_line', 'applied', 'CNY that contracts have got of it (§5.4), or that was paid back to them; of the sign of amount'),
            ('books_bank_line', 'remaining', 'CNY that nobody has got or explained yet; of the sign of amount'),
            ('books_bank_line', 'applied_to', 'contracts and amounts in CNY, with the refund, claim or reference behind the number for money out; null: none'),
            ('books_bank_line', 'confirmed', 'whether an imported statement has it; else a person entered it and the bank has not confirmed it'),
            ('books_unapplied', 'what', 'payment: money of a contract that no invoice or refund has got; line: money that came in and is of no contract yet'),
            ('books_unapplied', 'reference', 'the bank''s'),
            ('books_unapplied', 'line', 'number of the bank line'),
            ('books_unapplied', 'amount', 'CNY of the payment or the line, whole'),
            ('books_unapplied', 'unapplied', 'CNY of it that is not applied; the sum is the balance of account 2203, as a credit'),
            ('books_unapplied', 'held', 'whether a person keeps the payment from being applied (§5.4)'),
            ('books_unapplied', 'set_aside', 'CNY of it that an act under way has set aside for a contract'),
            ('books_unapplied', 'suggested', 'contract that the line seems to be for; null: none, or several fit'),
            ('books_unapplied', 'why', 'number: the bank''s text names the contract; payer: the payer is its customer; -amount behind: an invoice of exactly that amount is open; several: more than one contract fits alike; null: none fits'),
            ('books_trial_balance', 'name_zh', 'name in Chinese'),
            ('books_trial_balance', 'name_en', 'name in English'),
            ('books_trial_balance', 'kind', 'asset, liability, income or expense'),
            ('books_trial_balance', 'debit', 'CNY, all debits'),
            ('books_trial_balance', 'credit', 'CNY, all credits; over all accounts the same as the debits'),
            ('books_trial_balance', 'balance', 'CNY, debits less credits'),
            ('books_ledger', 'contract', 'number of the contract; null: of no contract'),
            ('books_ledger', 'debit', 'CNY'),
            ('books_ledger', 'credit', 'CNY'),
            ('books_ledger', 'balance', 'CNY of the account after this row, debits less credits; by day, and within a day in the order of writing'),
            ('books_revenue', 'number', 'number of the invoice'),
            ('books_revenue', 'month', 'first day of the calendar month; null: the service has no days yet, so nothing is planned'),
            ('books_revenue', 'planned', 'CNY without VAT that the month earns, less what credit notes took away'),
            ('books_revenue', 'recognised', 'CNY without VAT that was posted as revenue; the sum is the balance of account 6001, as a credit'),
            ('books_revenue', 'deferred', 'CNY without VAT still owed as service; the sum is the balance of account 2205, as a credit'),
            ('books_claim', 'n', 'number of the claim in its contract, from 1'),
            ('books_claim', 'clause', '§3.1, §7.1 or §7.2; a claim under §3.1 has no cap'),
            ('books_claim', 'amount', 'CNY claimed, in full (§7.3)'),
            ('books_claim', 'claimed_on', 'day of the claim, Asia/Shanghai'),
            ('books_claim', 'matter', 'what the loss is'),
            ('books_claim', 'payable', 'CNY that was approved of it'),
            ('books_claim', 'paid', 'CNY that was paid of it'),
            ('books_claim', 'approved_by', 'who approved, in order; null: nobody yet'),
            ('books_claim', 'document_sha256', 'hex, of the paper it rests on; null: none'),
            ('books_liability', 'fees_received', 'CNY of service fees received over the contract''s whole life, also what §1.4 gave back (§7.3)'),
            ('books_liability', 'cap', 'CNY that is payable at most on claims under §7.1 and §7.2: the fees received (§7.3)'),
            ('books_liability', 'claimed', 'CNY claimed under §7.1 and §7.2, in full'),
            ('books_liability', 'payable', 'CNY approved on claims under §7.1 and §7.2'),
            ('books_liability', 'paid', 'CNY paid on claims under §7.1 and §7.2'),
            ('books_liability', 'remaining', 'CNY of the cap that is left: cap less payable'),
            ('books_liability', 'claimed_3_1', 'CNY claimed under §3.1, which has no cap'),
            ('books_liability', 'payable_3_1', 'CNY approved on claims under §3.1'),
            ('books_liability', 'paid_3_1', 'CNY paid on claims under §3.1'),
            ('books_refund', 'id', 'id of the refund in its contract'),
            ('books_refund', 'reason', 'load-shortfall (§1.4) or overpayment (§5.4)'),
            ('books_refund', 'amount', 'CNY'),
            ('books_refund', 'requested_by', 'who asked for it; lvyue: the termination of §1.4 did'),
            ('books_refund', 'requested_on', 'day of the request, Asia/Shanghai'),
            ('books_refund', 'approved_by', 'another person, who approved it; null: nobody yet'),
            ('books_refund', 'approved_on', 'day of the approval, Asia/Shanghai'),
            ('books_refund', 'red_wanted', 'whether a red fapiao must be confirmed before it is paid'),
            ('books_refund', 'red', 'number of the 红字信息确认单; null: none'),
            ('books_refund', 'paid_on', 'day of the payment, Asia/Shanghai; null: not paid'),
            ('books_refund', 'paid_by_reference', 'the bank''s reference of the payment; null: not paid'),
            ('books_refund', 'owed', 'CNY that stand ready for it in account 2241 and are not paid'),
            ('books_refund', 'state', 'requested, waiting-red (approved, the red fapiao is missing), payable (approved), paid, dropped (waived)'),
            ('books_fapiao', 'number', '发票号码, 20 digits'),
            ('books_fapiao', 'colour', 'blue, or red if it takes a blue one back'),
            ('books_fapiao', 'kind', 'special (专用发票) or ordinary (普通发票)'),
            ('books_fapiao', 'invoice', 'number of our invoice'),
            ('books_fapiao', 'red_of', 'of a red one, the number of the blue one'),
            ('books_fapiao', 'confirmation', 'of a red one, the number of its 红字信息确认单'),
            ('books_fapiao', 'buyer_tax_no', '纳税人识别号 of the customer'),
            ('books_fapiao', 'seller_tax_no', '纳税人识别号 of the provider'),
            ('books_fapiao', 'item', 'name of the service on it'),
            ('books_fapiao', 'tax_code', '税收分类编码, 19 digits'),
            ('books_fapiao', 'file_sha256', 'hex, of its OFD, PDF or XML file; null: it was not given'),
            ('books_month', 'month', 'first day of the calendar month'),
            ('books_month', 'closed', 'whether the month is closed; then nothing is posted in it any more'),
            ('books_month', 'closed_by', 'who closed it, or a later month and it with that one; null: open'),
            ('books_month', 'closed_at', 'instant of the closing; null: open'),
            ('books_month', 'postings', 'how many postings belong to it'),
            ('books_month', 'debit', 'CNY, all debits of the month'),
            ('books_month', 'credit', 'CNY, all credits of the month; the same as the debits'),
            ('books_month', 'bank', 'CNY by which account 1002 moved: received less paid out'),
            ('books_month', 'receivable', 'CNY by which account 1122 moved'),
            ('books_month', 'revenue', 'CNY without VAT recognised in the month (account 6001)'),
            ('books_month', 'vat', 'CNY of output VAT of the month (account 2221)'),
            ('books_policy_now', 'grain', 'revenue is earned by the day or by the month of service'),
            ('books_policy_now', 'refund_right', 'ignore, or hold: while the refund of §1.4 may be asked for, nothing is earned'),
            ('books_policy_now', 'set_by', 'who decided it'),
            ('books_renewal', 'account_manager', 'the provider''s person who looks after the contract, as the evidence has it now'),
            ('books_renewal', 'year', 'number of the running service year'),
            ('books_renewal', 'last', 'last day of the running service year (§5.6), Asia/Shanghai'),
            ('books_renewal', 'fee', 'CNY, fee of the running year (§5.3)'),
            ('books_renewal', 'offered', 'CNY, fee on the table for the next year; null: no offer'),
            ('books_renewal', 'offered_by', 'customer or provider, who made the offer; empty: nobody'),
            ('books_renewal', 'agreed', 'CNY, fee agreed for the next year; null: none is'),
            ('books_renewal', 'growth', 'what was asked for beyond what the fee was agreed for, with commas between; empty: nothing'),
            ('books_renewal', 'verdict', 'agreed; may-not-rise: nothing more was asked for, so the provider may not ask for more (§5.8); may-rise: more was'),
            ('books_renewal', 'ceiling', 'CNY, the most that the provider may ask for (§5.8); null: there is no such limit, or the year is agreed'),
            ('books_renewal', 'known_on', 'day of the step that said so, Asia/Shanghai'),
            ('books_audit_run', 'id', 'number of the run'),
            ('books_audit_run', 'ran_at', 'instant of the run'),
            ('books_audit_run', 'checks', 'how many invariants were checked'),
            ('books_audit_run', 'failed', 'how many did not hold'),
            ('books_audit_run', 'invariants', 'names of those; null: all held')
        )
        SELECT a.attrelid::regclass AS view_name, a.attname, coalesce(own.words, common.words) AS words
        FROM pg_namespace AS s
        JOIN pg_class AS v ON v.relnamespace = s.oid
        JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0
        LEFT JOIN said AS own ON own.view_name = v.relname AND own.column_name = a.attname
        LEFT JOIN said AS common ON common.view_name = '' AND common.column_name = a.attname
        WHERE s.nspname = current_schema()
            AND v.relkind = 'v'
            AND starts_with(v.relname, 'books_')
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view_name, c.attname, c.words);
    END LOOP;
END $$;

COMMENT ON VIEW books_invoice IS 'Invoices and credit notes, and what became of them (§5.3 §5.6 §5.7 §1.4)';
COMMENT ON VIEW books_invoice_line IS 'What invoices and credit notes charge for, line by line';
COMMENT ON VIEW books_receivable IS 'Invoices that are not paid, and how late they are (§5.4 §5.6)';
COMMENT ON VIEW books_aging IS 'What each contract owes, by how late it is';
COMMENT ON VIEW books_statement IS 'Statement of account of each contract: every document that moved what its customer owes, or has with us';
COMMENT ON VIEW books_bank_line IS 'Movements on the provider''s bank accounts, and who got the money';
COMMENT ON VIEW books_unapplied IS 'Money received that pays for nothing yet (§5.4): of contracts, and of none';
COMMENT ON VIEW books_trial_balance IS 'All accounts with their debits and credits';
COMMENT ON VIEW books_ledger IS 'The lines of each account, in order, with its balance';
COMMENT ON VIEW books_revenue IS 'Revenue by invoice and month: planned, recognised, still owed as service';
COMMENT ON VIEW books_claim IS 'Claims of customers for loss, what was approved and what was paid (§7.3 §3.1)';
COMMENT ON VIEW books_liability IS 'How far the cap of §7.3 is used up, for each contract';
COMMENT ON VIEW books_refund IS 'Refunds (§1.4 §5.4) and how far each has come';
COMMENT ON VIEW books_fapiao IS '数电票 that were issued for invoices, blue and red';
COMMENT ON VIEW books_month IS 'Months in which anything was posted, whether they are closed, and their totals';
COMMENT ON VIEW books_policy_now IS 'What finance has decided about the books';
COMMENT ON VIEW books_renewal IS 'Where the talks about the next service year of each contract stand (§5.6), and whether its fee may rise (§5.8)';
COMMENT ON VIEW books_audit_run IS 'Audits of the books';

-- Finance's own tools work as members of a role that may read these views and nothing else. Where the migration may not
-- make roles, whoever may makes it, and grants what stands below.
DO $$
DECLARE
    may_read text;
BEGIN
    BEGIN
        IF to_regrole('lvyue_finance') IS NULL THEN
            CREATE ROLE lvyue_finance NOLOGIN;
        END IF;
    EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
            NULL;
        WHEN insufficient_privilege THEN
            RAISE NOTICE 'the role lvyue_finance may not be made here; the views books_* are for the product alone until it is';
    END;
    may_read := 'lvyue_app';
    IF to_regrole('lvyue_finance') IS NOT NULL THEN
        may_read := may_read || ', lvyue_finance';
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO lvyue_finance', current_schema());
    END IF;
    EXECUTE (
        SELECT format('GRANT SELECT ON %s TO %s', string_agg(v.oid::regclass::text, ', '), may_read)
        FROM pg_namespace AS s
        JOIN pg_class AS v ON v.relnamespace = s.oid
        WHERE s.nspname = current_schema()
            AND v.relkind = 'v'
            AND starts_with(v.relname, 'books_')
    );
END $$;
