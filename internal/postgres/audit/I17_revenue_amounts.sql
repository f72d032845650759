-- Revenue that was recognised is posted with its amount, in two lines: off contract liability (2205), to revenue (6001).
-- 已确认的收入按其金额以两行入账：冲减合同负债（2205），计入收入（6001）。
WITH posting AS (
    SELECT t.id, t.key, r.net
    FROM ledger_txn AS t
    LEFT JOIN revenue AS r ON t.key = 'revenue/' || r.invoice || '/' || to_char(r.month, 'YYYY-MM')
    WHERE t.document = 'revenue'
)
SELECT p.key, e.line, e.account, CASE e.account WHEN '2205' THEN p.net WHEN '6001' THEN -p.net END AS expected, e.amount AS found
FROM posting AS p
JOIN ledger_entry AS e ON e.txn = p.id
WHERE e.amount IS DISTINCT FROM CASE e.account WHEN '2205' THEN p.net WHEN '6001' THEN -p.net END
    OR e.line > 2;
