-- Says for this transaction what of the books counts. The views are large enough to be taken for dearer than they are, and
-- would be compiled for longer than they run; their sums are kept in memory.
SELECT set_config('lvyue.as_of', @as_of, true), set_config('lvyue.known_at', @known_at, true),
    set_config('jit', 'off', true), set_config('work_mem', '64MB', true);
