-- Where the talks about the next year stand after an event.
INSERT INTO renewal_outlook (contract, event_seq, known_on, year, last, fee, offered, offered_by, agreed, growth)
VALUES (@contract, @event_seq, @known_on, @year, @last, @fee, nullif(@offered::numeric, 0), @offered_by,
    nullif(@agreed::numeric, 0), @growth)
ON CONFLICT (contract, event_seq) DO NOTHING;
