-- An event that could not be booked, and why.
INSERT INTO booking_trouble (contract, event_seq, trouble)
VALUES (@contract, @event_seq, @trouble)
ON CONFLICT DO NOTHING;
