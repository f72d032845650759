-- Whether a link was used.
SELECT EXISTS (SELECT FROM page_link_use WHERE id = @id);
