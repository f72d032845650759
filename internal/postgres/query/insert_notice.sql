-- Stores an imported notice; imports are locked.
INSERT INTO calendar_notice (year, number, published_on, url, amends, days)
VALUES (@year, @number, @published_on, @url, @amends, @days);
