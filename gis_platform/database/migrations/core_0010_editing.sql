-- Who may write a layer needs no right on its history: the triggers write that as the owner of the tables.
ALTER FUNCTION core.close_changed() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION core.close_ended() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION core.refuse_overlap() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION core.version_columns(regclass) SET search_path = pg_catalog, pg_temp;

-- They go by the name of the table that they stand on: whoever could put one on a table of their own, named
-- like a layer, would write history with it. The triggers that are there ask for no such right.
DO $$
DECLARE
    found regprocedure;
BEGIN
    FOR found IN SELECT oid FROM pg_proc WHERE pronamespace = 'core'::regnamespace AND prorettype = 'trigger'::regtype
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
    END LOOP;
END $$;
