-- The service years of a contract.
SELECT year, first, last, fee
FROM service_year
WHERE contract = @contract
ORDER BY year;
