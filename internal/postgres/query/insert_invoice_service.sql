-- The service that an invoice charges for.
INSERT INTO invoice_service (invoice, first, last, grain, refund_right)
VALUES (@invoice, @first, @last, @grain, @refund_right);
