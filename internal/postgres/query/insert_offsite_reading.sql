-- Who is about to read a copy (§7.1).
INSERT INTO offsite_reading (contract, day, read_by, into_folder)
VALUES (@contract, @day, @by, @into);
