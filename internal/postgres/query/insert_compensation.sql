-- What is payable on a claim, on the word of a second person.
INSERT INTO compensation (contract, claim, n, id, amount, payable_on, recorded_by, approved_by)
SELECT c.contract, c.n, (SELECT count(*) + 1 FROM compensation AS o WHERE o.contract = c.contract AND o.claim = c.n), @id,
    @amount, @on, c.recorded_by, @by
FROM claim AS c
WHERE c.contract = @contract
    AND c.n = @claim
RETURNING n;
