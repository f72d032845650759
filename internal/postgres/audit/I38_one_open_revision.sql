-- Of the invoices for one fee only the last may be open: every other was taken back whole, and revisions count from 1.
-- 同一费用的账单只有最后一版未冲销：此前各版均已全额冲回，版次从 1 连续。
WITH credited AS (
    SELECT credits AS key, sum(gross) AS gross
    FROM invoice
    WHERE credits IS NOT NULL
    GROUP BY credits
), revisions AS (
    SELECT i.key, i.revision, i.gross + coalesce(c.gross, 0) AS uncredited,
        row_number() OVER fee AS place, lead(i.key) OVER fee AS next
    FROM invoice AS i
    LEFT JOIN credited AS c USING (key)
    WHERE i.kind = 'invoice'
    WINDOW fee AS (PARTITION BY i.contract, i.obligation ORDER BY i.revision)
)
SELECT key, place AS expected_revision, revision AS found_revision, uncredited, next
FROM revisions
WHERE revision <> place
    OR (next IS NOT NULL AND uncredited <> 0);
