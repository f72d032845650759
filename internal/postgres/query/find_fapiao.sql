-- The contract and the obligation of the invoice, and whether the fapiao that stands under the number says the same.
SELECT i.contract, i.obligation,
    (f.kind, f.invoice, coalesce(f.red_of, ''), f.gross, f.net, f.issued_on)
        = (@kind, @invoice, @red_of, @gross::numeric, @net::numeric, @issued_on::date) AS same
FROM fapiao AS f
JOIN invoice AS i ON i.number = f.invoice
WHERE f.number = @number;
