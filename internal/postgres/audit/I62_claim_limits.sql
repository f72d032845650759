-- Compensation on a claim is never more than was claimed (§7.3).
-- 每项索赔的赔偿不超过所主张的金额（§7.3）。
SELECT c.contract, c.claim, k.amount AS most, sum(c.amount) AS found
FROM compensation AS c
LEFT JOIN claim AS k ON k.contract = c.contract AND k.n = c.claim
GROUP BY c.contract, c.claim, k.amount
HAVING sum(c.amount) > coalesce(k.amount, 0);
