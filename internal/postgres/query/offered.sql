-- The last offer or answer of a contract: of an offer that nobody has answered its body, else null.
SELECT CASE WHEN e.what = 'offer' THEN i.body END AS offered
FROM contract_event e
JOIN inbox i ON i.id = e.event ->> 'act_id'
WHERE e.contract = @contract
    AND e.subject = @contract
    AND e.what IN ('offer', 'answer')
ORDER BY e.seq DESC
LIMIT 1;
