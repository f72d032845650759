-- Contracts at a glance: one, or all of a phase, or all.
SELECT number, customer, provider, account_manager, language, form_hash, phase, effective, start, ends_on,
    ended_on, ground, fee, received, received - applied AS unapplied, named, held_by, disputed, shortfalls,
    quoted, quoted_until
FROM contract
CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS received FROM receipt WHERE receipt.contract = number AND gone IS NULL) AS money
WHERE (@number = '' OR number = @number)
    AND (@phase = '' OR phase = @phase)
ORDER BY number;
