-- The contract that a credit is for, where that is sure. Either the payer is the customer of a contract whose number, and no
-- other contract's, stands in the memo or beside the payer's name. Or no contract is named, the payer is the customer of one
-- contract only, the amount is what exactly one invoice of it still asks for, and nothing is under way to it; of two
-- such credits the first. Names are compared without spaces, full-width signs like half-width ones.
WITH customer AS (
    SELECT number, replace(normalize(customer, NFKC), ' ', '') AS name
    FROM contract
), credit AS (
    SELECT n, amount, payer, memo
    FROM unnest(@ns::bigint[], @amounts::numeric[], @payers::text[], @memos::text[]) AS c (n, amount, payer, memo)
    WHERE amount > 0 AND payer <> ''
), payer AS (
    SELECT payer, replace(normalize(payer, NFKC), ' ', '') AS name
    FROM (SELECT DISTINCT payer FROM credit) AS told
), known AS (
    SELECT n, amount, name,
        ARRAY(SELECT DISTINCT k.number
            FROM regexp_split_to_table(normalize(memo || ' ' || payer, NFKC), '[^A-Za-z0-9-]+') AS word
            JOIN contract AS k ON k.number = trim(BOTH '-' FROM word)) AS named
    FROM credit
    JOIN payer USING (payer)
    WHERE name IN (SELECT name FROM customer)
), by_number AS (
    SELECT n, number
    FROM known
    JOIN customer USING (name)
    WHERE named = ARRAY[number]
), alone AS (
    SELECT name, min(number) AS number
    FROM customer
    WHERE name IN (SELECT name FROM known)
    GROUP BY name
    HAVING count(*) = 1
), asked AS (
    SELECT i.contract AS number, i.key, i.gross
        + coalesce((SELECT sum(gross) FROM invoice WHERE credits = i.key), 0)
        - coalesce((SELECT sum(amount) FROM allocation WHERE invoice = i.key), 0)
        - coalesce((SELECT sum(amount) FROM write_off WHERE invoice = i.key), 0) AS amount
    FROM invoice AS i
    JOIN alone AS a ON a.number = i.contract
    WHERE i.kind = 'invoice'
        AND NOT EXISTS (SELECT FROM bank_match AS m JOIN inbox ON inbox.id = m.act_id
            WHERE m.contract = i.contract AND inbox.answer IS NULL)
), by_amount AS (
    SELECT k.n, a.number, min(i.key) AS invoice
    FROM known AS k
    JOIN alone AS a USING (name)
    JOIN asked AS i ON i.number = a.number AND i.amount = k.amount
    WHERE k.named = '{}'
    GROUP BY k.n, a.number
    HAVING count(*) = 1
), sure AS (
    SELECT n, number FROM by_number
    UNION ALL
    (SELECT DISTINCT ON (invoice) n, number FROM by_amount ORDER BY invoice, n)
)
SELECT sure.n, sure.number AS contract
FROM sure
JOIN contract AS c USING (number)
WHERE c.phase <> 'destroyed'
ORDER BY sure.n;
