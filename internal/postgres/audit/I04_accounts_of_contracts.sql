-- Bank money is of no contract; what is owed, earned or lost is always of one.
-- 银行款项不属于任何合同；应收、应付、收入和损失都属于某一合同。
SELECT e.txn, e.line, e.account, a.kind, e.contract, e.amount
FROM ledger_entry AS e
LEFT JOIN account AS a ON a.code = e.account
WHERE a.code IS NULL
    OR (e.account IN ('1002', '1221') AND e.contract IS NOT NULL)
    OR (e.account NOT IN ('1002', '1221', '2203') AND e.contract IS NULL);
