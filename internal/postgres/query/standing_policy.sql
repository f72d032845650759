-- What finance has decided, and the first day of the first open month.
SELECT vat_rate::text AS rate, grain, refund_right,
    ((SELECT max(month) FROM month_close) + interval '1 month')::date AS open_from
FROM books_policy
ORDER BY id DESC
LIMIT 1;
