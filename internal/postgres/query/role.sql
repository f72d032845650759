-- The role that the product works as, with no rights but those the migrations grant. Roles belong to the whole
-- server, so another database may be creating it at this moment; repeated, it changes nothing.
DO $$
DECLARE
    may text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    IF to_regrole('lvyue_app') IS NULL THEN
        BEGIN
            CREATE ROLE lvyue_app NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'lvyue_app', may) THEN
        EXECUTE format('GRANT lvyue_app TO %I', current_user);
    END IF;
END $$;
