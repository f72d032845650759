-- Credit notes part net and tax as their invoice does; once they take all of it back, they mirror it to the fen.
-- 贷项按其账单的税率拆分价税；全部冲回时与账单分毫不差。
WITH credited AS (
    SELECT c.credits AS key, sum(c.gross) AS gross, sum(c.net) AS net, sum(c.tax) AS tax, count(*) AS notes,
        sum(c.gross / (1 + i.vat_rate)) AS exact
    FROM invoice AS c
    JOIN invoice AS i ON i.key = c.credits
    GROUP BY c.credits
)
SELECT key, -i.gross AS expected, c.gross AS found, -i.net AS expected_net, c.net AS found_net, c.exact AS exact_net
FROM credited AS c
JOIN invoice AS i USING (key)
WHERE (c.gross = -i.gross AND (c.net, c.tax) <> (-i.net, -i.tax))
    OR abs(c.net - c.exact) > 0.005 * c.notes;
