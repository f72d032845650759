-- Appends an event to the chain; the head is locked.
INSERT INTO contract_event (contract, seq, event, prev, hash)
VALUES (@contract, @seq, @event, @prev, @hash);
