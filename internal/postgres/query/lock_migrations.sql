-- One migration at a time in this database, also of different schemas: they share the role.
SELECT pg_advisory_xact_lock(hashtextextended('lvyue migrations', 0));
