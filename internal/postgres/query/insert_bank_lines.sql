-- The new movements of a statement with their postings, in one go. The books are locked: no month closes, and nobody enters
-- one of them by hand meanwhile.
WITH line AS (
    INSERT INTO bank_line (account, reference, booked_on, effective_on, amount, payer, payer_account, memo, statement, statement_line, actor)
    SELECT @account, l.reference || CASE WHEN slip.reference IS NULL THEN '' ELSE '#' END, l.booked_on, bookable(l.booked_on), l.amount, l.payer, l.payer_account, l.memo, @sha256, l.number, @by
    FROM unnest(@numbers::int[], @references::text[], @days::date[], @amounts::numeric[], @payers::text[], @payer_accounts::text[],
        @memos::text[]) AS l (number, reference, booked_on, amount, payer, payer_account, memo)
    LEFT JOIN bank_line AS slip ON slip.account = @account AND slip.reference = l.reference
    RETURNING id, statement_line, reference, effective_on, amount
), posting AS (
    INSERT INTO ledger_txn (key, document, effective_on, actor, lines)
    SELECT 'bank/' || @account || '/' || reference, 'bank-line', effective_on, @by, 2
    FROM line
    RETURNING id, key, effective_on, recorded_at, lines
), entries AS (
    INSERT INTO ledger_entry (txn, line, account, amount, effective_on, recorded_at, lines)
    SELECT p.id, e.line, e.account, e.amount, p.effective_on, p.recorded_at, p.lines
    FROM posting AS p
    JOIN line AS l ON 'bank/' || @account || '/' || l.reference = p.key
    CROSS JOIN LATERAL (VALUES (1, '1002', l.amount), (2, CASE WHEN l.amount > 0 THEN '2203' ELSE '1221' END, -l.amount))
        AS e (line, account, amount)
)
SELECT statement_line AS number, id
FROM line;
