-- What a person has said of a receipt since it was told.
UPDATE receipt
SET at = @at, credited_on = @on, amount = @amount, account = @account, line = nullif(@line, 0), held = @held, gone = @gone
WHERE contract = @contract
    AND reference = @reference
    AND event_seq <= @event_seq;
