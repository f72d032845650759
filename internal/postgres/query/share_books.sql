-- No month closes, and no statement is imported, until the commit.
SELECT pg_advisory_xact_lock_shared(books_lock());
