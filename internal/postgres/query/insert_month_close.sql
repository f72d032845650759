-- A month is closed for good.
INSERT INTO month_close (month, closed_by)
VALUES (@month, @by);
