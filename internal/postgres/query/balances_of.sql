-- Some accounts of the trial balance. OFFSET keeps the planner from summing up all accounts first.
SELECT b.account, b.name_zh, b.name_en, b.debit, b.credit, b.balance
FROM unnest(@accounts::text[]) AS wanted (account)
CROSS JOIN LATERAL (SELECT * FROM books_trial_balance AS t WHERE t.account = wanted.account OFFSET 0) AS b
ORDER BY b.account;
