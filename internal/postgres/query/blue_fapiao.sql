-- Whether a blue fapiao stands for one of these fees, beyond what red ones have taken back.
SELECT EXISTS (
    SELECT FROM fapiao AS f
    JOIN invoice AS i ON i.number = f.invoice
    WHERE i.contract = @contract
        AND i.obligation = ANY(@obligations)
    GROUP BY i.number
    HAVING sum(f.gross) > 0
);
