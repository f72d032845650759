-- A payment is the contract's no more. The line by which a bank took money back is entered with it, unless it is known.
INSERT INTO payment_end (payment, why, line, ended_on, actor)
SELECT @payment, @why,
    CASE @why WHEN 'reversed' THEN
        line_of(nullif(@line, 0), @account, @reference, @contract, -@amount::numeric, @gone_on, bookable(@gone_on), @actor)
    END,
    @ended_on, @actor;
