-- Waits until no posting is under way, and lets none begin until the commit.
SELECT pg_advisory_xact_lock(books_lock());
