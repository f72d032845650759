-- The last day for an invoice, or another one.
INSERT INTO invoice_due (invoice, event_seq, due_on)
VALUES (@invoice, @event_seq, @due_on);
