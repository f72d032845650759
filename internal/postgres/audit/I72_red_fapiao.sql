-- Red fapiao take back a blue one of the same invoice, at most its amount, and bear the number of their confirmation.
-- 红字数电票冲减同一账单的蓝字票，合计不超过其金额，并载有红字信息确认单编号。
WITH red AS (
    SELECT number, invoice, red_of, confirmation, gross, sum(gross) OVER (PARTITION BY red_of) AS taken_back
    FROM fapiao
    WHERE red_of IS NOT NULL
        OR gross < 0
)
SELECT r.number, r.red_of, r.invoice, b.invoice AS of_invoice, b.gross AS most, r.taken_back AS found, r.confirmation
FROM red AS r
LEFT JOIN fapiao AS b ON b.number = r.red_of
WHERE b.number IS NULL
    OR r.gross >= 0
    OR b.invoice <> r.invoice
    OR b.gross + r.taken_back < 0
    OR coalesce(r.confirmation, '') = '';
