-- A service year as it is after an event.
INSERT INTO service_year (contract, year, first, last, fee)
VALUES (@contract, @year, @first, @last, @fee)
ON CONFLICT (contract, year) DO UPDATE
SET first = excluded.first,
    last = excluded.last,
    fee = excluded.fee;
