-- The contract as it is after an event.
INSERT INTO contract (number, customer, provider, account_manager, language, form_hash, phase, effective, start,
    ends_on, ended_on, ground, fee, applied, named, held_by, disputed, shortfalls, quoted, quoted_until)
VALUES (@number, @customer, @provider, @account_manager, @language, @form_hash, @phase, @effective, @start,
    @ends_on, @ended_on, @ground, @fee,
    @received::numeric - @unapplied::numeric, @named, @held_by, @disputed, @shortfalls, @quoted, @quoted_until)
ON CONFLICT (number) DO UPDATE
SET customer = excluded.customer,
    provider = excluded.provider,
    account_manager = excluded.account_manager,
    language = excluded.language,
    form_hash = excluded.form_hash,
    phase = excluded.phase,
    effective = excluded.effective,
    start = excluded.start,
    ends_on = excluded.ends_on,
    ended_on = excluded.ended_on,
    ground = excluded.ground,
    fee = excluded.fee,
    applied = excluded.applied,
    named = excluded.named,
    held_by = excluded.held_by,
    disputed = excluded.disputed,
    shortfalls = excluded.shortfalls,
    quoted = excluded.quoted,
    quoted_until = excluded.quoted_until;
