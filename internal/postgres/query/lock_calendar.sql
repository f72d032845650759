-- One import of a notice at a time in this schema, so that ids become visible in their order.
SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.calendar_notice', 0));
