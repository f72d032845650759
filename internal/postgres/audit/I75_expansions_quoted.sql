-- An expansion is charged at the price that the vendor published, while that held, to the contract that asked (§5.7).
-- 扩容费等于有效期内云厂商公布的价格，且属于询价的合同（§5.7）。
SELECT i.key, q.kind, q.contract, q.total AS expected, i.gross AS found, i.issued_on,
    (q.fetched_at AT TIME ZONE 'Asia/Shanghai')::date AS from_day, (q.valid_until AT TIME ZONE 'Asia/Shanghai')::date AS to_day
FROM invoice AS i
LEFT JOIN price_quote AS q ON q.contract = i.contract AND q.sha256 = i.quote
WHERE i.kind = 'invoice'
    AND i.charge = 'expansion'
    AND ((q.kind, q.contract, q.total) IS DISTINCT FROM ('published-list', i.contract, i.gross)
        OR i.issued_on < (q.fetched_at AT TIME ZONE 'Asia/Shanghai')::date
        OR (i.issued_on > (q.valid_until AT TIME ZONE 'Asia/Shanghai')::date AND NOT EXISTS (
            SELECT FROM month_close AS m
            WHERE (m.month + interval '1 month')::date = i.issued_on
                AND m.closed_at < i.recorded_at)));
