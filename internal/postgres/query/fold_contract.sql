-- The contract as it is after an event.
INSERT INTO contract (number, customer, provider, account_manager, language, form_hash, phase, effective, start,
    ends_on, ended_on, ground, fee, applied)
VALUES (@number, @customer, @provider, @account_manager, @language, @form_hash, @phase, @effective, @start,
    @ends_on, @ended_on, @ground, @fee,
    @received::numeric - @unapplied::numeric)
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
    applied = excluded.applied;
