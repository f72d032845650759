-- What is payable on a claim, on the word of a second person; the contract's liability is counted alone.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('liability ' || @contract, 0))
)
INSERT INTO compensation (contract, claim, n, id, amount, payable_on, recorded_by, approved_by)
SELECT c.contract, c.n, (SELECT count(*) + 1 FROM compensation AS o WHERE o.contract = c.contract AND o.claim = c.n), @id,
    @amount, @on, c.recorded_by, @by
FROM alone
CROSS JOIN claim AS c
WHERE c.contract = @contract
    AND c.n = @claim
RETURNING n;
