-- Uses a link. Of many who do so at once the others wait for the first, and find it used once he has acted.
INSERT INTO page_link_use (id, person, contract, fault, act, used_at)
VALUES (@id, @person, @contract, @fault, @act, @at)
ON CONFLICT (id) DO NOTHING;
