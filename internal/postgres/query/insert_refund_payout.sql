-- A refund that was paid. The line of the payment is entered with it, unless it is known.
INSERT INTO refund_payout (contract, id, amount, paid_on, line, actor)
SELECT @contract, @id, @amount::numeric, @paid_on,
    line_of(nullif(@line, 0), @account, @reference, @contract, -@amount::numeric, @paid_on, @effective_on, @actor), @actor;
