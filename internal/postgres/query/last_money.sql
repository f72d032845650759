-- What the evidence said last of a contract's money.
SELECT event -> 'changed' -> 'money'
FROM contract_event
WHERE contract = @contract
    AND what = 'money'
ORDER BY seq DESC
LIMIT 1;
