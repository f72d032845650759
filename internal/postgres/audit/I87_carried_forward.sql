-- What was carried forward when a month closed is what its accounts held by then.
-- 结账时结转的发生额等于各科目截至该月的发生额。
WITH moved AS (
    SELECT account, date_trunc('month', effective_on)::date AS month,
        coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debit, coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS credit
    FROM ledger_entry
    GROUP BY 1, 2
), held AS (
    SELECT c.month, m.account, sum(m.debit) AS debit, sum(m.credit) AS credit
    FROM month_close AS c
    JOIN moved AS m ON m.month <= c.month
    GROUP BY 1, 2
)
SELECT month, account, h.debit AS expected_debit, f.debit AS found_debit, h.credit AS expected_credit, f.credit AS found_credit
FROM held AS h
FULL JOIN carried_forward AS f USING (month, account)
WHERE h.debit IS DISTINCT FROM f.debit
    OR h.credit IS DISTINCT FROM f.credit;
