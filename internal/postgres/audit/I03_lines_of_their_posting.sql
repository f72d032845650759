-- Every line has the day, the instant and the contract of its posting.
-- 每行分录的日期、时刻和合同与其凭证一致。
SELECT e.txn, e.line, t.key, t.effective_on AS expected_on, e.effective_on AS found_on,
    t.recorded_at AS expected_at, e.recorded_at AS found_at, t.contract AS expected_contract, e.contract AS found_contract
FROM ledger_entry AS e
LEFT JOIN ledger_txn AS t ON t.id = e.txn
WHERE t.id IS NULL
    OR e.effective_on <> t.effective_on
    OR e.recorded_at <> t.recorded_at
    OR (e.contract IS NOT NULL AND e.contract IS DISTINCT FROM t.contract);
