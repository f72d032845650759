-- The word of a second person.
INSERT INTO refund_approval (contract, id, requested_by, approved_by, approved_on, red_wanted)
VALUES (@contract, @id, @requested_by, @approved_by, @approved_on, @red_wanted);
