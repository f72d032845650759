-- Good copies of a contract that are good no more: that of a day, or all.
INSERT INTO offsite_copy_end (contract, day, why, ended_at)
SELECT contract, day, @why, @at
FROM offsite_copy
WHERE contract = @contract
    AND (@day::date IS NULL OR day = @day)
ON CONFLICT (contract, day) DO NOTHING;
