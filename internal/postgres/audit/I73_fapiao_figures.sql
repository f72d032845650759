-- A fapiao has its number of 20 digits, and its gross amount is net with tax.
-- 数电票号码为 20 位数字，价税合计等于金额加税额。
SELECT number, net + tax AS expected, gross AS found
FROM fapiao
WHERE number !~ '^[0-9]{20}$'
    OR net + tax <> gross
    OR sign(net) = -sign(gross);
