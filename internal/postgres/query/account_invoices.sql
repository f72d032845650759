-- The invoices and credit notes of a contract as they stand, in the order of their issue.
SELECT i.number, i.kind, i.obligation, i.service_year, i.issued_on,
    (SELECT due_on FROM invoice_due AS d WHERE d.invoice = i.key ORDER BY d.event_seq DESC LIMIT 1) AS due_on,
    i.gross, i.net, i.tax, i.vat_rate::text AS vat_rate, i.capital, coalesce(o.number, '') AS credits, i.reason,
    coalesce(a.received, 0) AS received, -coalesce(c.credited, 0) AS credited, coalesce(w.written_off, 0) AS written_off,
    CASE i.kind WHEN 'invoice' THEN
        i.gross + coalesce(c.credited, 0) - coalesce(a.received, 0) - coalesce(w.written_off, 0)
    ELSE 0 END AS open
FROM invoice AS i
LEFT JOIN invoice AS o ON o.key = i.credits
LEFT JOIN LATERAL (SELECT sum(amount) AS received FROM allocation WHERE invoice = i.key) AS a ON true
LEFT JOIN LATERAL (SELECT sum(gross) AS credited FROM invoice WHERE credits = i.key) AS c ON true
LEFT JOIN LATERAL (SELECT sum(amount) AS written_off FROM write_off WHERE invoice = i.key) AS w ON true
WHERE i.contract = @contract
ORDER BY i.recorded_at, i.number;
