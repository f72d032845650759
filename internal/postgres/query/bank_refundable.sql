-- What a refund gives back, while it is not paid.
SELECT r.amount
FROM refund AS r
WHERE r.contract = @contract
    AND r.id = @refund
    AND NOT EXISTS (SELECT FROM refund_payout AS p WHERE p.contract = r.contract AND p.id = r.id);
