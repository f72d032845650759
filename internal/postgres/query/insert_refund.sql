-- A refund that was asked for.
INSERT INTO refund (contract, id, reason, amount, requested_by, requested_on)
VALUES (@contract, @id, @reason, @amount, @requested_by, @requested_on);
