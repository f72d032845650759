-- Numbers of documents have no gap: each series of a year counts from 1 to the last number given.
-- 单据编号不断号：每一序列每年从 1 连续编至最后一号。
WITH given AS (
    SELECT series AS name, year, count(DISTINCT no) AS numbers, count(*) AS documents, min(no) AS first, max(no) AS last
    FROM invoice
    GROUP BY series, year
)
SELECT name, year, s.last AS expected, g.last AS found, g.first, g.numbers, g.documents
FROM series AS s
FULL JOIN given AS g USING (name, year)
WHERE s.last IS DISTINCT FROM g.last
    OR g.first <> 1
    OR g.numbers <> g.last
    OR g.documents <> g.last;
