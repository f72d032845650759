-- A message, once per event.
INSERT INTO notice (contract, event_seq, at, recipient, about, kind)
VALUES (@contract, @event_seq, @at, @to, @about, @kind);
