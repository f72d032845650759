-- A portfolio of many contracts, each with two service years: 24 postings and 50 lines a contract, as the product would
-- write them, but made set by set and without triggers.
INSERT INTO contract_form (number, hash, terms, capital)
SELECT 'B-' || lpad(i::text, 5, '0'), 'x', '{}', 'x'
FROM generate_series(1, @contracts) AS i;

INSERT INTO contract_head (contract, hash)
SELECT number, 'x' FROM contract_form;

INSERT INTO contract (number, customer, provider, account_manager, language, form_hash, phase, ground, fee, applied, held_by,
    disputed, shortfalls)
SELECT number, '客户' || (right(number, 5)::int % 15000), '云桥软件有限公司', 'chen', 'zh', 'x', 'in-service', '', 12000, 0, '', '', 0
FROM contract_form;

CREATE TEMPORARY TABLE plan AS
SELECT f.number AS contract, f.n, k AS year, first, issued, issued + (f.n * 7 % 120) AS paid, gross,
    round(gross / 1.06, 2) AS net, f.number || '/invoice/fee/' || k AS invoice
FROM (SELECT number, right(number, 5)::int AS n FROM contract_form) AS f
CROSS JOIN generate_series(1, 2) AS k
CROSS JOIN LATERAL (SELECT ('2024-01-01'::date + f.n % 500) + (k - 1) * 365 AS first) AS d
CROSS JOIN LATERAL (SELECT first - 12 AS issued, 12000.00 + f.n % 1000 AS gross) AS m;

INSERT INTO invoice (key, number, series, year, no, kind, contract, charge, obligation, revision, service_year, reason, issued_on,
    buyer, seller, gross, net, tax, vat_rate, capital, actor, recorded_at)
SELECT invoice, 'INV-' || y || '-' || lpad(no::text, 6, '0'), 'INV', y, no, 'invoice', contract, 'annual-fee', 'fee/' || year, 1,
    year, '', issued, '客户' || (n % 15000), '云桥软件有限公司', gross, net, gross - net, 0.06, 'x', 'lvyue',
    issued + interval '9 hours'
FROM (
    SELECT *, extract(year FROM issued)::int AS y, row_number() OVER (PARTITION BY extract(year FROM issued) ORDER BY issued, n) AS no
    FROM plan
) AS p;
INSERT INTO invoice_line (invoice, line, what, gross, net, tax) SELECT key, 1, '服务费', gross, net, tax FROM invoice;
INSERT INTO invoice_due (invoice, event_seq, due_on, recorded_at) SELECT invoice, 1, issued + 7, issued + interval '9 hours' FROM plan;
INSERT INTO invoice_service (invoice, first, last, grain, refund_right) SELECT invoice, first, first + 364, 'month', 'ignore' FROM plan;

INSERT INTO bank_line (account, reference, booked_on, effective_on, amount, payer, payer_account, memo, actor, recorded_at)
SELECT '6222', 'R/' || invoice, paid, paid, gross, '客户' || (n % 15000), '', '服务费 ' || contract, 'chen', paid + interval '10 hours'
FROM plan ORDER BY paid, n;
INSERT INTO payment (key, contract, reference, line, amount, received_on, effective_on, actor, recorded_at)
SELECT p.contract || '/payment/R' || p.year || '/1', p.contract, l.reference, l.id, p.gross, p.paid, p.paid, 'chen', l.recorded_at
FROM plan AS p JOIN bank_line AS l ON l.reference = 'R/' || p.invoice;
-- Every tenth contract pays a hundred too little.
INSERT INTO allocation (key, contract, payment, invoice, amount, effective_on, actor, recorded_at)
SELECT p.contract || '/step/' || p.year || '/apply/1', p.contract, p.contract || '/payment/R' || p.year || '/1', p.invoice,
    p.gross - CASE WHEN p.n % 10 = 0 THEN 100 ELSE 0 END, p.paid, 'chen', p.paid + interval '10 hours'
FROM plan AS p;

-- Of the two years sixteen months have earned what they plan.
CREATE TEMPORARY TABLE earned AS
SELECT p.contract, p.invoice, date_trunc('month', p.first + make_interval(months => m))::date AS month,
    round(p.net * (m + 1) / 12, 2) - round(p.net * m / 12, 2) AS net, p.year, m
FROM plan AS p
CROSS JOIN generate_series(0, 11) AS m;
INSERT INTO revenue_schedule (invoice, month, cause, net, at_once) SELECT invoice, month, invoice, net, false FROM earned;
INSERT INTO revenue (invoice, month, net, recorded_at)
SELECT invoice, month, net, month + interval '1 month 3 days' FROM earned WHERE year = 1 OR m < 4;

CREATE TEMPORARY TABLE posting (key text, document text, contract text, effective_on date, recorded_at timestamptz, line smallint,
    account text, own boolean, amount numeric);
INSERT INTO posting
SELECT 'bank/' || l.account || '/' || l.reference, 'bank-line', NULL, effective_on, recorded_at, e.line, e.account, false, e.amount
FROM bank_line AS l CROSS JOIN LATERAL (VALUES (1, '1002', l.amount), (2, '2203', -l.amount)) AS e (line, account, amount)
UNION ALL
SELECT key, 'payment', contract, effective_on, recorded_at, e.line, '2203', e.line = 2, e.amount
FROM payment AS p CROSS JOIN LATERAL (VALUES (1, p.amount), (2, -p.amount)) AS e (line, amount)
UNION ALL
SELECT key, 'allocation', contract, effective_on, recorded_at, e.line, e.account, true, e.amount
FROM allocation AS a CROSS JOIN LATERAL (VALUES (1, '2203', a.amount), (2, '1122', -a.amount)) AS e (line, account, amount)
UNION ALL
SELECT key, 'invoice', contract, issued_on, recorded_at, e.line, e.account, true, e.amount
FROM invoice AS i
CROSS JOIN LATERAL (VALUES (1, '1122', i.gross), (2, '2205', -i.net), (3, '2221', -i.tax)) AS e (line, account, amount)
UNION ALL
SELECT 'revenue/' || r.invoice || '/' || to_char(r.month, 'YYYY-MM'), 'revenue', i.contract,
    (r.month + interval '1 month - 1 day')::date, r.recorded_at, e.line, e.account, true, e.amount
FROM revenue AS r JOIN invoice AS i ON i.key = r.invoice
CROSS JOIN LATERAL (VALUES (1, '2205', r.net), (2, '6001', -r.net)) AS e (line, account, amount);

INSERT INTO ledger_txn (key, document, contract, effective_on, recorded_at, actor, lines)
SELECT key, document, contract, effective_on, recorded_at, 'lvyue', CASE document WHEN 'invoice' THEN 3 ELSE 2 END
FROM posting
WHERE line = 1
ORDER BY recorded_at, key;
INSERT INTO ledger_entry (txn, line, account, contract, amount, effective_on, recorded_at, lines)
SELECT t.id, p.line, p.account, CASE WHEN p.own THEN p.contract END, p.amount, p.effective_on, p.recorded_at, t.lines
FROM posting AS p JOIN ledger_txn AS t ON t.key = p.key
ORDER BY t.id, p.line;
