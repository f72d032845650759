-- Compensation that was paid. The line of the payment is entered with it, unless it is known.
INSERT INTO compensation_payout (contract, claim, n, paid_on, line, actor)
SELECT c.contract, c.claim, c.n, @on,
    line_of(nullif(@line, 0), @account, @reference, c.contract, -c.amount, @on, bookable(@on), @by), @by
FROM compensation AS c
WHERE c.contract = @contract
    AND c.claim = @claim
    AND c.n = @n
    AND c.payable_on <= @on
    AND NOT EXISTS (SELECT FROM compensation_payout AS o WHERE (o.contract, o.claim, o.n) = (c.contract, c.claim, c.n))
RETURNING (SELECT amount FROM compensation AS a WHERE (a.contract, a.claim, a.n) = (@contract, @claim, @n));
