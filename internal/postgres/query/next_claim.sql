-- The next number of a claim of the contract; nobody else takes one until the commit.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('claim ' || @contract, 0))
)
SELECT coalesce((SELECT max(n) FROM claim WHERE contract = @contract), 0) + 1 FROM alone;
