-- The contracts of which there is any evidence.
SELECT contract
FROM contract_head
WHERE events > 0
ORDER BY contract;
