SELECT duty, looked_at, pieces FROM work_progress WHERE contract = @contract ORDER BY duty
