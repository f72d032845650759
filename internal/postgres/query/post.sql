-- Posts a document: its lines are written with it, and only if its key is new.
WITH posting AS (
    INSERT INTO ledger_txn (key, document, contract, effective_on, actor, lines)
    VALUES (@key, @document, nullif(@contract, ''), @effective_on, @actor, cardinality(@accounts::text[]))
    ON CONFLICT (key) DO NOTHING
    RETURNING id, contract, effective_on, recorded_at, lines
)
INSERT INTO ledger_entry (txn, line, account, contract, amount, effective_on, recorded_at, lines)
SELECT p.id, e.line, e.account, CASE WHEN e.own THEN p.contract END, e.amount, p.effective_on, p.recorded_at, p.lines
FROM posting AS p
CROSS JOIN unnest(@accounts::text[], @own::boolean[], @amounts::numeric[]) WITH ORDINALITY AS e (account, own, amount, line);
