-- Some accounts of the trial balance.
SELECT account, name_zh, name_en, debit, credit, balance
FROM books_trial_balance
WHERE account = ANY(@accounts::text[])
ORDER BY account;
