-- Says for this transaction what of the books counts. The planner cannot see how much that is, so it is told to sum up large
-- accounts by several workers and in memory; compiled, the views would take longer to prepare than to run.
SELECT set_config('lvyue.as_of', @as_of, true), set_config('lvyue.known_at', @known_at, true),
    set_config('jit', 'off', true), set_config('work_mem', '64MB', true), set_config('parallel_setup_cost', '100', true);
