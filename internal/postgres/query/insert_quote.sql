-- A price as the vendor published it, out of the evidence that tells of it. Its hash makes it one of its contract.
INSERT INTO price_quote (sha256, contract, kind, answer, total, fetched_at, valid_until)
SELECT encode(sha256(q.answer), 'hex'), q.contract, 'published-list', q.answer, q.total, q.fetched_at, q.valid_until
FROM (
    SELECT contract, decode(event #>> '{changed,quote,answer}', 'base64') AS answer,
        (event #>> '{changed,quote,amount}')::cny AS total, (event #>> '{changed,quote,fetched_at}')::timestamptz AS fetched_at,
        (event #>> '{changed,quote,valid_until}')::timestamptz AS valid_until
    FROM contract_event
    WHERE contract = @contract
        AND what = 'quoted'
) AS q
WHERE encode(sha256(q.answer), 'hex') = @sha256
ON CONFLICT (contract, sha256) DO NOTHING;
