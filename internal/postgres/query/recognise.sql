-- Recognises what is earned up to a month, charge by charge and month by month, each on the last day of its month.
WITH due AS (
    SELECT s.invoice, i.contract, s.month, sum(s.net) AS net,
        'revenue/' || s.invoice || '/' || to_char(s.month, 'YYYY-MM') AS key
    FROM revenue_schedule AS s
    JOIN invoice AS i ON i.key = s.invoice
    WHERE NOT s.at_once
        AND s.month <= @month
        AND s.month > coalesce((SELECT max(month) FROM month_close), '-infinity')
    GROUP BY s.invoice, i.contract, s.month
    HAVING sum(s.net) <> 0
), recognised AS (
    INSERT INTO revenue (invoice, month, net)
    SELECT invoice, month, net FROM due
), posting AS (
    INSERT INTO ledger_txn (key, document, contract, effective_on, actor, lines)
    SELECT key, 'revenue', contract, (month + interval '1 month - 1 day')::date, @actor, 2 FROM due
    RETURNING id, key, contract, effective_on, recorded_at, lines
)
INSERT INTO ledger_entry (txn, line, account, contract, amount, effective_on, recorded_at, lines)
SELECT p.id, e.line, e.account, p.contract, e.amount, p.effective_on, p.recorded_at, p.lines
FROM posting AS p
JOIN due AS d ON d.key = p.key
CROSS JOIN LATERAL (VALUES (1, '2205', d.net), (2, '6001', -d.net)) AS e (line, account, amount);
