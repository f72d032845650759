-- Service years follow one another without a gap, each for a year counted from the first day of the first (§5.1).
-- 服务年度首尾相接，均自首个年度的第一日起算（§5.1）。
WITH years AS (
    SELECT y.contract, y.year, y.first, y.last, c.start,
        row_number() OVER terms AS place, lag(y.last) OVER terms AS before,
        first_value(y.first) OVER terms AS begun,
        (first_value(y.first) OVER terms + make_interval(years => y.year))::date AS anniversary
    FROM service_year AS y
    LEFT JOIN contract AS c ON c.number = y.contract
    WINDOW terms AS (PARTITION BY y.contract ORDER BY y.year)
)
SELECT contract, year, coalesce(before + 1, start) AS expected_first, first AS found_first,
    anniversary - CASE WHEN extract(day FROM anniversary) = extract(day FROM begun) THEN 1 ELSE 0 END AS expected_last,
    last AS found_last
FROM years
WHERE year <> place
    OR first IS DISTINCT FROM coalesce(before + 1, start)
    OR last <> anniversary - CASE WHEN extract(day FROM anniversary) = extract(day FROM begun) THEN 1 ELSE 0 END;
