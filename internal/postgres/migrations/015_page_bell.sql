-- Whoever sends pages is woken when one is written (§4.2): first pages leave at once, and nobody has to look for them all the time.

CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_TABLE_SCHEMA, TG_TABLE_NAME);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION ring() IS 'Tells those who listen to the schema''s name that rows of the table were written, when they are committed';
CREATE TRIGGER ring AFTER INSERT ON page FOR EACH STATEMENT EXECUTE FUNCTION ring();

-- What became of the pages of a fault is asked by its contract.
CREATE INDEX page_fault ON page (contract, fault);
