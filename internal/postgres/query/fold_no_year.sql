-- A service year that did not come about after all.
DELETE FROM service_year
WHERE contract = @contract
    AND year = @year;
