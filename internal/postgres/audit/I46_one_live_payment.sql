-- Under one reference of the bank a contract has at most one payment that counts (§5.4).
-- 同一合同的同一银行流水号至多有一笔有效收款（§5.4）。
SELECT p.contract, p.reference, count(*) AS payments
FROM payment AS p
WHERE NOT EXISTS (SELECT FROM payment_end AS e WHERE e.payment = p.key)
GROUP BY p.contract, p.reference
HAVING count(*) > 1;
