-- The fee of a service year is what its last invoice asks for (§5.3, §5.6).
-- 服务年度的费用等于其最后一版账单的金额（§5.3、§5.6）。
WITH last_invoice AS (
    SELECT DISTINCT ON (contract, obligation) contract, obligation, gross
    FROM invoice
    WHERE kind = 'invoice'
        AND charge = 'annual-fee'
    ORDER BY contract, obligation, revision DESC
)
SELECT y.contract, y.year, y.fee AS expected, i.gross AS found
FROM service_year AS y
LEFT JOIN last_invoice AS i
    ON i.contract = y.contract AND i.obligation = CASE y.year WHEN 1 THEN 'first-payment' ELSE 'renewal-fee/' || y.year END
WHERE i.gross IS DISTINCT FROM y.fee;
