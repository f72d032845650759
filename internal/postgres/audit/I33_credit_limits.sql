-- Credit notes never take back more than their invoice asks for: neither gross, nor net, nor tax.
-- 贷项不超过其账单：含税额、不含税额、税额均不超过。
WITH credited AS (
    SELECT credits AS key, sum(gross) AS gross, sum(net) AS net, sum(tax) AS tax
    FROM invoice
    WHERE credits IS NOT NULL
    GROUP BY credits
)
SELECT key, i.gross, c.gross AS credited, i.net, c.net AS credited_net, i.tax, c.tax AS credited_tax
FROM credited AS c
LEFT JOIN invoice AS i USING (key)
WHERE i.key IS NULL
    OR i.gross + c.gross < 0
    OR i.net + c.net < 0
    OR i.tax + c.tax < 0
    OR greatest(c.gross, c.net, c.tax) > 0;
