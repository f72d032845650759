-- A decision of finance.
INSERT INTO books_policy (vat_rate, grain, refund_right, set_by)
VALUES (@rate::numeric, @grain, @refund_right, @by);
