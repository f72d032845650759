-- Contracts at a glance: one, or all of a phase, or all.
SELECT number, customer, provider, account_manager, language, form_hash, phase, effective, start, ends_on,
    ended_on, ground, fee, received, unapplied
FROM contract
WHERE (@number = '' OR number = @number)
    AND (@phase = '' OR phase = @phase)
ORDER BY number;
