-- The invoices are what the evidence last told of: each charge at its amount, taken back as far as it says.
-- 账单与最后一次款项证据一致：各项费用金额相符，冲回不少于证据所载。
WITH last_told AS (
    SELECT contract, max(event_seq) AS seq
    FROM booked_step
    GROUP BY contract
), told AS (
    SELECT contract, c.charge ->> 'obligation' AS obligation, (c.charge ->> 'amount')::numeric AS amount,
        coalesce((c.charge ->> 'credited')::numeric, 0) AS credited, coalesce((c.charge ->> 'void')::boolean, false) AS void
    FROM last_told
    JOIN contract_event AS e USING (contract, seq)
    CROSS JOIN LATERAL json_array_elements(e.event -> 'changed' -> 'money' -> 'charges') AS c (charge)
), credited AS (
    SELECT credits AS key, -sum(gross) AS gross
    FROM invoice
    WHERE credits IS NOT NULL
    GROUP BY credits
), issued AS (
    SELECT DISTINCT ON (i.contract, i.obligation) i.contract, i.obligation, i.gross, coalesce(c.gross, 0) AS credited
    FROM invoice AS i
    LEFT JOIN credited AS c USING (key)
    WHERE i.kind = 'invoice'
    ORDER BY i.contract, i.obligation, i.revision DESC
)
SELECT contract, obligation, t.void, t.amount AS expected, i.gross AS found, t.credited AS expected_credited,
    i.credited AS found_credited
FROM told AS t
FULL JOIN issued AS i USING (contract, obligation)
WHERE t.amount IS NULL
    OR (NOT t.void AND (i.gross IS DISTINCT FROM t.amount OR i.credited < t.credited))
    OR (t.void AND i.credited <> i.gross);
