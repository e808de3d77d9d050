-- Minimum clearance of an area, in metres of the working grid: each of its places may move by less, and it stays
-- valid. A tile whose grid is finer than that need not look whether rounding broke what it draws, which is most of
-- its work.
CREATE FUNCTION core.keep_clearance(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN clearance real GENERATED ALWAYS AS (CAST(ST_MinimumClearance(geom) AS real)) STORED', target);
END $$;

CREATE OR REPLACE FUNCTION core.make_layer(target regclass, geometry_type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN source_date date NOT NULL,
        ADD COLUMN delivery_id bigint REFERENCES core.delivery (id),
        ADD COLUMN geom geometry(%s, %s) NOT NULL CHECK (NOT ST_IsEmpty(geom)),
        ADD COLUMN geom_3857 geometry(%s, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED',
        target, geometry_type, core.working_srid(), geometry_type);
    IF geometry_type ILIKE '%POLYGON' THEN
        PERFORM core.keep_clearance(target);
    END IF;
    EXECUTE format('CREATE INDEX ON %s USING gist (geom)', target);
    EXECUTE format('CREATE INDEX ON %s USING gist (geom_3857)', target);
    EXECUTE format('CREATE INDEX ON %s (source_date)', target);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    PERFORM core.tell_changes(target);
END $$;

DO $$
DECLARE
    made regclass;
BEGIN
    FOR made IN
        SELECT c.oid FROM pg_class c
        WHERE c.relnamespace = 'layer'::regnamespace AND c.relkind = 'r'
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'geom_3857')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'geom'
                      AND postgis_typmod_type(a.atttypmod) ILIKE '%Polygon')
    LOOP
        PERFORM core.keep_clearance(made);
    END LOOP;
END $$;
