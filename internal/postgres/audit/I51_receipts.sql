-- The receipts that count are the payments that count: contract, reference, amount, day and line (§5.4).
-- 有效的到账记录与有效的收款一致：合同、流水号、金额、日期和银行流水（§5.4）。
WITH counting AS (
    SELECT contract, reference, amount, credited_on, line
    FROM receipt
    WHERE gone IS NULL
), paid AS (
    SELECT p.contract, p.reference, p.amount, p.received_on, p.line
    FROM payment AS p
    WHERE NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key)
)
SELECT contract, reference, r.amount AS expected, p.amount AS found, r.credited_on AS expected_on, p.received_on AS found_on,
    r.line AS expected_line, p.line AS found_line
FROM counting AS r
FULL JOIN paid AS p USING (contract, reference)
WHERE r.amount IS DISTINCT FROM p.amount
    OR r.credited_on <> p.received_on
    OR r.line <> p.line;
