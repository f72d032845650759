-- Contract liability (2205) is never below nothing: no more is earned than was invoiced.
-- 合同负债（2205）不会出现借方余额：确认的收入不超过已开账单。
SELECT contract, sum(amount) AS debit
FROM ledger_entry
WHERE account = '2205'
GROUP BY contract
HAVING sum(amount) > 0;
