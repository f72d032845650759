-- The fapiao of an invoice total no more than it, and no less than nothing.
-- 一张账单的数电票合计不超过账单金额，也不为负。
SELECT f.invoice, i.kind, i.gross AS most, sum(f.gross) AS found
FROM fapiao AS f
LEFT JOIN invoice AS i ON i.number = f.invoice
GROUP BY f.invoice, i.kind, i.gross
HAVING sum(f.gross) < 0
    OR i.kind IS DISTINCT FROM 'invoice'
    OR sum(f.gross) > i.gross;
