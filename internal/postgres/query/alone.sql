-- Nobody else does this until the commit. A statement of its own: what comes after it sees what the others did.
SELECT pg_advisory_xact_lock(hashtextextended(@what, 0));
