-- What is applied to what is as the evidence last told it, payment by payment.
-- 各笔收款的核销与最后一次款项证据一致。
WITH last_told AS (
    SELECT contract, max(event_seq) AS seq
    FROM booked_step
    GROUP BY contract
), sides AS (
    SELECT contract, a.applied ->> 'reference' AS reference, a.applied ->> 'to' AS applied_to,
        (a.applied ->> 'amount')::numeric AS told, 0 AS booked
    FROM last_told
    JOIN contract_event AS e USING (contract, seq)
    CROSS JOIN LATERAL json_array_elements(e.event -> 'changed' -> 'money' -> 'applied') AS a (applied)
    UNION ALL
    SELECT a.contract, p.reference, coalesce(i.obligation, a.refund), 0, a.amount
    FROM allocation AS a
    JOIN payment AS p ON p.key = a.payment
    LEFT JOIN invoice AS i ON i.key = a.invoice
)
SELECT contract, reference, applied_to, sum(told) AS expected, sum(booked) AS found
FROM sides
GROUP BY contract, reference, applied_to
HAVING sum(told) <> sum(booked);
