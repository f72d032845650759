-- Every amount stands in capital numerals too (§5.3): 负 before what is taken back, and one wording for one amount.
-- 金额均有大写（§5.3）：冲回的金额前有“负”字，同一大写只对应一个金额。
SELECT number AS key, fee AS found, NULL::numeric AS gross
FROM (SELECT number, capital AS fee FROM contract_form UNION ALL SELECT number, capital FROM amended_form) AS form
WHERE fee = ''
UNION ALL
SELECT key, capital, gross
FROM invoice
WHERE capital !~ '^负?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+$'
    OR starts_with(capital, '负') <> (gross < 0)
UNION ALL
SELECT min(key), capital, max(gross)
FROM invoice
GROUP BY capital
HAVING min(gross) <> max(gross);
