-- The invoices of a contract with what became of them, in the order in which they were issued.
SELECT i.key, i.obligation, i.revision, i.issued_on,
    (SELECT due_on FROM invoice_due AS d WHERE d.invoice = i.key ORDER BY d.event_seq DESC LIMIT 1) AS due_on,
    i.vat_rate::text AS rate, i.gross, i.net,
    -coalesce(c.gross, 0) AS credited, -coalesce(c.net, 0) AS credited_net, coalesce(c.credits, 0) AS credits,
    coalesce((SELECT sum(amount) FROM write_off AS w WHERE w.invoice = i.key), 0) AS written_off,
    greatest((SELECT max(effective_on) FROM allocation AS a WHERE a.invoice = i.key AND a.amount < 0),
        (SELECT max(effective_on) FROM write_off AS w WHERE w.invoice = i.key AND w.amount < 0)) AS freed_on
FROM invoice AS i
LEFT JOIN LATERAL (
    SELECT sum(n.gross) AS gross, sum(n.net) AS net, count(*)::int AS credits FROM invoice AS n WHERE n.credits = i.key
) AS c ON true
WHERE i.contract = @contract
    AND i.kind = 'invoice'
ORDER BY i.year, i.no;
