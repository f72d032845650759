-- Whether the contract and the account that a question names are there; an empty one is not asked for.
SELECT @contract = '' OR EXISTS (SELECT FROM contract_form WHERE number = @contract),
    @account = '' OR EXISTS (SELECT FROM account WHERE code = @account);
