-- The provider neither offers nor agrees on a higher fee for the next year unless more was asked for in those talks (§5.8).
-- 续签时甲方未要求增加配置的，乙方不得报出或议定更高的费用（§5.8）。
WITH talks AS (
    SELECT contract, event_seq, year, fee, offered, offered_by, agreed,
        lag(offered) OVER moves AS offered_before, lag(agreed) OVER moves AS agreed_before,
        bool_or(growth <> '') OVER (moves ROWS UNBOUNDED PRECEDING) AS grown
    FROM renewal_outlook
    WINDOW moves AS (PARTITION BY contract, year ORDER BY event_seq)
)
SELECT contract, event_seq, year, fee AS most, coalesce(agreed, offered) AS found
FROM talks
WHERE offered_by = 'provider'
    AND NOT grown
    AND ((agreed_before IS NULL AND agreed > fee) OR (offered IS DISTINCT FROM offered_before AND offered > fee));
