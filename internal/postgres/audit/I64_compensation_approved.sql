-- Compensation is approved by another person than the one who recorded the claim (§7.3).
-- 赔偿由登记索赔者以外的另一人批准（§7.3）。
SELECT c.contract, c.claim, c.n, k.recorded_by AS expected_claim, c.recorded_by AS found_claim, c.approved_by
FROM compensation AS c
LEFT JOIN claim AS k ON k.contract = c.contract AND k.n = c.claim
WHERE k.n IS NULL
    OR c.recorded_by <> k.recorded_by
    OR lower(btrim(c.approved_by)) = lower(btrim(k.recorded_by));
