-- A statement confirms only lines that people entered for its account, and tells of each of its own lines in one way.
-- 对账单只确认同一账户下人工登记的流水，且其每一行只以一种方式入账。
WITH told AS (
    SELECT statement, statement_line, 1 AS line, 0 AS confirmed FROM bank_line WHERE statement IS NOT NULL
    UNION ALL
    SELECT statement, statement_line, 0, 1 FROM bank_confirmation
)
SELECT c.statement, c.statement_line, c.line, s.account AS expected, l.account AS found
FROM bank_confirmation AS c
LEFT JOIN bank_line AS l ON l.id = c.line
LEFT JOIN bank_statement AS s ON s.sha256 = c.statement
WHERE l.id IS NULL
    OR l.statement IS NOT NULL
    OR l.account NOT IN ('', s.account)
UNION ALL
SELECT statement, statement_line, NULL, '1', sum(line)::text
FROM told
GROUP BY statement, statement_line
HAVING sum(line) > 1
    OR (sum(line) > 0 AND sum(confirmed) > 0)
UNION ALL
SELECT t.statement, NULL, NULL, s.lines::text, count(DISTINCT t.statement_line)::text
FROM told AS t
LEFT JOIN bank_statement AS s ON s.sha256 = t.statement
GROUP BY t.statement, s.lines
HAVING count(DISTINCT t.statement_line) > coalesce(s.lines, 0);
