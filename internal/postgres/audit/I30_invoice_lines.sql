-- An invoice is the sum of its lines: gross, net and tax, and gross is net with tax.
-- 账单等于其明细之和：含税额、不含税额、税额，且含税额等于不含税额加税额。
WITH lines AS (
    SELECT invoice AS key, sum(gross) AS gross, sum(net) AS net, sum(tax) AS tax
    FROM invoice_line
    GROUP BY invoice
)
SELECT key, i.gross AS expected, l.gross AS found, i.net AS expected_net, l.net AS found_net,
    i.tax AS expected_tax, l.tax AS found_tax
FROM invoice AS i
FULL JOIN lines AS l USING (key)
WHERE (i.gross, i.net, i.tax) IS DISTINCT FROM (l.gross, l.net, l.tax)
    OR i.net + i.tax <> i.gross;
