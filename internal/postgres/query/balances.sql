-- The trial balance of everything that is booked.
SELECT a.code AS account, a.name_zh, a.name_en,
    coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0) AS debit,
    -coalesce(sum(e.amount) FILTER (WHERE e.amount < 0), 0) AS credit,
    coalesce(sum(e.amount), 0) AS balance
FROM account AS a
LEFT JOIN ledger_entry AS e ON e.account = a.code
GROUP BY a.code
ORDER BY a.code;
