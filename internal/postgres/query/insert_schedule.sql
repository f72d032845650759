-- A month of a revenue schedule.
INSERT INTO revenue_schedule (invoice, month, cause, net, at_once)
VALUES (@invoice, @month, @cause, @net, @at_once);
