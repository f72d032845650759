-- An invoice, which takes the next number of its series, with its line. Its key makes it one.
WITH numbered AS (
    SELECT next_number('INV', extract(year FROM @issued_on::date)::int) AS no, extract(year FROM @issued_on::date)::int AS year
), issued AS (
    INSERT INTO invoice (key, number, series, year, no, kind, contract, charge, obligation, revision, service_year, reason,
        issued_on, buyer, seller, gross, net, tax, vat_rate, capital, quote, actor)
    SELECT @key, invoice_number('INV', year, no), 'INV', year, no, 'invoice', @contract, @charge, @obligation,
        @revision, @service_year, '', @issued_on, @buyer, @seller, @gross, @net, @tax, @vat_rate::numeric, @capital,
        nullif(@quote, ''), @actor
    FROM numbered
)
INSERT INTO invoice_line (invoice, line, what, gross, net, tax)
VALUES (@key, 1, @what, @gross, @net, @tax);
