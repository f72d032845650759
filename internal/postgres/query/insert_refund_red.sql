-- The confirmation of a red fapiao.
INSERT INTO refund_red (contract, id, confirmation, actor)
VALUES (@contract, @id, @confirmation, @actor);
