-- Money of a bank line becomes the contract's. A line that nobody has told of is entered with it.
INSERT INTO payment (key, contract, reference, line, amount, received_on, effective_on, actor)
SELECT @key, @contract, @reference,
    line_of(nullif(@line, 0), @account, @reference, @contract, @amount, @received_on, @effective_on, @actor),
    @amount, @received_on, @effective_on, @actor;
