-- How many rows a layer has, exact in every snapshot and without counting: the sum of what each statement added
-- and took away. Statements only append, so writers never wait for one another; maintenance adds the rows up.
CREATE TABLE core.row_count (
    layer text NOT NULL,
    delta bigint NOT NULL
);
CREATE INDEX ON core.row_count (layer) INCLUDE (delta);
GRANT SELECT ON core.row_count TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin, gis_app;
GRANT INSERT, DELETE ON core.row_count TO gis_app;

-- Tells every listening server where a layer changed, at the moment the change is committed: boxes in web
-- mercator metres, one for each tile of zoom 14 that holds a changed feature; '*' where they are too many.
CREATE FUNCTION core.tell_change() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT geom_3857 FROM after'
        WHEN 'DELETE' THEN 'SELECT geom_3857 FROM before'
        ELSE 'SELECT geom_3857 FROM before UNION ALL SELECT geom_3857 FROM after' END;
    boxes text[];
    added bigint := 0;
BEGIN
    EXECUTE format(
        'SELECT array_agg(box) FROM (
             SELECT concat_ws('','', floor(min(ST_XMin(geom_3857)))::bigint, floor(min(ST_YMin(geom_3857)))::bigint,
                              ceil(max(ST_XMax(geom_3857)))::bigint, ceil(max(ST_YMax(geom_3857)))::bigint) AS box
             FROM (%s) t
             GROUP BY floor(ST_XMin(geom_3857) / 2445.98), floor(ST_YMin(geom_3857) / 2445.98)
             LIMIT 161) b', touched) INTO boxes;
    IF boxes IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_notify('layer_changed', TG_TABLE_NAME || ' '
        || CASE WHEN cardinality(boxes) > 160 THEN '*' ELSE array_to_string(boxes, ';') END);
    IF TG_OP = 'INSERT' THEN
        SELECT count(*) INTO added FROM after;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT -count(*) INTO added FROM before;
    END IF;
    IF added <> 0 THEN
        INSERT INTO core.row_count (layer, delta) VALUES (TG_TABLE_NAME, added);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION core.tell_emptied() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM core.row_count WHERE layer = TG_TABLE_NAME;
    DELETE FROM core.coarse WHERE layer = TG_TABLE_NAME;
    PERFORM pg_notify('layer_changed', TG_TABLE_NAME || ' *');
    RETURN NULL;
END $$;

CREATE FUNCTION core.tell_changes(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER told_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.tell_change()', target);
    EXECUTE format('CREATE TRIGGER told_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.tell_change()', target);
    EXECUTE format('CREATE TRIGGER told_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION core.tell_change()', target);
    EXECUTE format('CREATE TRIGGER told_truncate AFTER TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION core.tell_emptied()', target);
    EXECUTE format('INSERT INTO core.row_count SELECT %L, count(*) FROM %s HAVING count(*) > 0',
        (SELECT relname FROM pg_class WHERE oid = target), target);
END $$;

-- The coarse picture of a dense layer: its areas dissolved within the cells of a web mercator grid, a level of
-- the grid for some zooms of the map. A cell follows its features at the end of the transaction that changed
-- them, so that nobody ever sees one without the other.
CREATE TABLE core.coarse (
    layer text NOT NULL,
    level smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    features integer NOT NULL,
    geom_3857 geometry(MultiPolygon, 3857) NOT NULL,
    PRIMARY KEY (layer, level, x, y)
);
GRANT SELECT ON core.coarse TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin;
COMMENT ON TABLE core.coarse IS 'Only layers whose every row everybody may see have one.';

CREATE TABLE core.coarse_pending (
    -- Of each transaction its own: two that change one cell do not wait for each other here.
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    layer text NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    PRIMARY KEY (xact, layer, x, y)
);
COMMENT ON TABLE core.coarse_pending IS 'Cells of level 17 to be made anew before the transaction ends; empty outside of one.';

CREATE FUNCTION core.coarse_cell(metres double precision, level integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT floor((metres + 20037508.342789244) / (40075016.685578488 / 2 ^ level))::integer';

-- Areas in one, gaps narrower than `gap` closed. A buffer does in a third of the time what a union does, and
-- bears with what is not valid; a fault in one of them must not refuse the delivery it came with.
CREATE FUNCTION core.dissolve(parts geometry[], gap double precision, tolerance double precision) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE SET search_path = public, pg_temp AS $$
DECLARE
    whole geometry := ST_Collect(parts);
BEGIN
    BEGIN
        whole := ST_Buffer(whole, gap / 2, 'quad_segs=1 join=mitre');
        IF gap > 0 THEN
            whole := ST_Buffer(whole, -gap / 2, 'quad_segs=1 join=mitre');
        END IF;
    EXCEPTION WHEN internal_error THEN
        whole := ST_ConvexHull(whole);
    END;
    RETURN ST_Multi(ST_CollectionExtract(ST_SimplifyPreserveTopology(whole, tolerance), 3));
END $$;

CREATE FUNCTION core.note_coarse() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO core.coarse_pending (layer, x, y)
         SELECT DISTINCT %L, core.coarse_cell(ST_X(c), 17), core.coarse_cell(ST_Y(c), 17)
         FROM (%s) t CROSS JOIN LATERAL (SELECT ST_Centroid(ST_Envelope(geom_3857)) AS c) middle
         ON CONFLICT DO NOTHING',
        TG_TABLE_NAME,
        CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT geom_3857 FROM after'
            WHEN 'DELETE' THEN 'SELECT geom_3857 FROM before'
            -- A new name or owner changes no block.
            ELSE 'SELECT unnest(ARRAY[b.geom_3857, a.geom_3857]) AS geom_3857
                  FROM before b JOIN after a USING (id) WHERE NOT b.geom_3857 = a.geom_3857' END);
    PERFORM set_config('gis.coarse_made', '', true);
    RETURN NULL;
END $$;

CREATE FUNCTION core.make_coarse() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed text;
    xs integer[];
    ys integer[];
BEGIN
    -- The first row's turn does the work of all: the others are told so, for thousands that each looked for
    -- something left would take longer than the work.
    IF current_setting('gis.coarse_made', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    FOR changed, xs, ys IN
        WITH gone AS (DELETE FROM core.coarse_pending WHERE xact = pg_current_xact_id() RETURNING layer, x, y)
        SELECT layer, array_agg(x ORDER BY x, y), array_agg(y ORDER BY x, y) FROM gone GROUP BY layer ORDER BY layer
    LOOP
        -- Who comes later must see what we stored before it dissolves the same cell.
        PERFORM pg_advisory_xact_lock(7815009, hashtext(changed));
        PERFORM core.make_finest(changed, xs, ys);
        PERFORM core.make_coarser(changed, xs, ys, 17, 15, 24, 8);
        PERFORM core.make_coarser(changed, xs, ys, 15, 13, 80, 30);
    END LOOP;
    PERFORM set_config('gis.coarse_made', 'yes', true);
    RETURN NULL;
END $$;

CREATE FUNCTION core.make_finest(layer_name text, xs integer[], ys integer[]) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM core.coarse c USING unnest(xs, ys) n (x, y)
    WHERE c.layer = layer_name AND c.level = 17 AND c.x = n.x AND c.y = n.y;
    EXECUTE format(
        'INSERT INTO core.coarse
         SELECT %1$L, 17, n.x, n.y, a.features, a.geom
         FROM unnest($1, $2) n (x, y)
         CROSS JOIN LATERAL (SELECT ST_TileEnvelope(17, n.x, 131071 - n.y) AS cell) e
         CROSS JOIN LATERAL (
             SELECT count(*) AS features, core.dissolve(array_agg(p.geom_3857 ORDER BY p.id), 0, 1.5) AS geom
             FROM layer.%1$I p
             WHERE p.geom_3857 && e.cell
               AND core.coarse_cell(ST_X(ST_Centroid(ST_Envelope(p.geom_3857))), 17) = n.x
               AND core.coarse_cell(ST_Y(ST_Centroid(ST_Envelope(p.geom_3857))), 17) = n.y) a
         WHERE a.features > 0 AND NOT ST_IsEmpty(a.geom)', layer_name) USING xs, ys;
END $$;

CREATE FUNCTION core.make_coarser(
    layer_name text, xs integer[], ys integer[], finer integer, coarser integer,
    gap double precision, tolerance double precision) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    SELECT array_agg(x), array_agg(y) INTO xs, ys
    FROM (SELECT DISTINCT x >> (17 - coarser) AS x, y >> (17 - coarser) AS y FROM unnest(xs, ys) n (x, y)) n;
    DELETE FROM core.coarse c USING unnest(xs, ys) n (x, y)
    WHERE c.layer = layer_name AND c.level = coarser AND c.x = n.x AND c.y = n.y;
    INSERT INTO core.coarse
    SELECT layer_name, coarser, n.x, n.y, a.features, a.geom
    FROM unnest(xs, ys) n (x, y)
    CROSS JOIN LATERAL (
        SELECT sum(c.features) AS features, core.dissolve(array_agg(c.geom_3857 ORDER BY c.x, c.y), gap, tolerance) AS geom
        FROM core.coarse c
        WHERE c.layer = layer_name AND c.level = finer
          AND c.x BETWEEN n.x * 4 AND n.x * 4 + 3 AND c.y BETWEEN n.y * 4 AND n.y * 4 + 3) a
    WHERE a.features > 0 AND NOT ST_IsEmpty(a.geom);
END $$;

CREATE CONSTRAINT TRIGGER made_at_the_end AFTER INSERT ON core.coarse_pending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core.make_coarse();

-- Gives a layer of areas its coarse picture and keeps it.
CREATE FUNCTION core.keep_coarse(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER coarse_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.note_coarse()', target);
    EXECUTE format('CREATE TRIGGER coarse_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.note_coarse()', target);
    EXECUTE format('CREATE TRIGGER coarse_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION core.note_coarse()', target);
    EXECUTE format(
        'INSERT INTO core.coarse_pending (layer, x, y)
         SELECT DISTINCT %L, core.coarse_cell(ST_X(c), 17), core.coarse_cell(ST_Y(c), 17)
         FROM %s t CROSS JOIN LATERAL (SELECT ST_Centroid(ST_Envelope(geom_3857)) AS c) middle',
        (SELECT relname FROM pg_class WHERE oid = target), target);
END $$;

CREATE OR REPLACE FUNCTION core.make_layer(target regclass, geometry_type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN source_date date NOT NULL,
        ADD COLUMN delivery_id bigint REFERENCES core.delivery (id),
        ADD COLUMN geom geometry(%s, %s) NOT NULL CHECK (NOT ST_IsEmpty(geom)),
        ADD COLUMN geom_3857 geometry(%s, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED',
        target, geometry_type, core.working_srid(), geometry_type);
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
        SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'geom_3857'
        WHERE c.relnamespace = 'layer'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '%\_history'
    LOOP
        PERFORM core.tell_changes(made);
    END LOOP;
END $$;
