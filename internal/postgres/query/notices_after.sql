-- The imported notices that are not known yet, in the order of import.
SELECT id, year, number, published_on, url, amends, days
FROM calendar_notice
WHERE id > @after
ORDER BY id;
