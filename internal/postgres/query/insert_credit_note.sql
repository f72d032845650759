-- A credit note, which takes the next number of its series and says the rest as its invoice does; amounts are below zero.
WITH numbered AS (
    SELECT next_number('CN', extract(year FROM @issued_on::date)::int) AS no, extract(year FROM @issued_on::date)::int AS year
), issued AS (
    INSERT INTO invoice (key, number, series, year, no, kind, contract, charge, obligation, revision, service_year, credits,
        reason, issued_on, buyer, seller, gross, net, tax, vat_rate, capital, actor, quote)
    SELECT @key, invoice_number('CN', n.year, n.no), 'CN', n.year, n.no, 'credit-note', i.contract, i.charge,
        i.obligation, i.revision, i.service_year, i.key, @reason, @issued_on, i.buyer, i.seller, @gross, @net, @tax, i.vat_rate,
        @capital, @actor, i.quote
    FROM numbered AS n
    CROSS JOIN invoice AS i
    WHERE i.key = @of
)
INSERT INTO invoice_line (invoice, line, what, gross, net, tax)
SELECT @key, 1, l.what, @gross, @net, @tax
FROM invoice_line AS l
WHERE l.invoice = @of
    AND l.line = 1;
