-- The one clock by which pages are sent.
SELECT clock_timestamp();
