-- A block is made anew where the ground in it becomes another. A split or a merge moves borders within it and leaves
-- the ground as it was: then only the number of features changes. What ground is passed over adds up in `passed_m2`,
-- so that many small changes cannot make a block another unseen.
ALTER TABLE core.coarse ADD COLUMN passed_m2 double precision NOT NULL DEFAULT 0;

ALTER TABLE core.coarse_pending
    ADD COLUMN delta integer NOT NULL DEFAULT 0,
    ADD COLUMN whole boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN core.coarse_pending.whole IS 'Made anew whatever the ground: much of it was changed.';

-- Rows live within one transaction, as those of coarse_pending do.
CREATE UNLOGGED TABLE core.coarse_moved (
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    layer text NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    came boolean NOT NULL,
    geom_3857 geometry NOT NULL
);
CREATE INDEX ON core.coarse_moved (xact);
COMMENT ON TABLE core.coarse_moved IS 'What left and what came, in cells of which little was changed; empty outside of a transaction.';

-- The cell of level 17 that a feature belongs to, from its stored box: a fifth of the work of ST_Centroid(ST_Envelope()),
-- for the same cell.
CREATE FUNCTION core.coarse_column(box box3d) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT core.coarse_cell((ST_XMin(box) + ST_XMax(box)) / 2, 17)';
CREATE FUNCTION core.coarse_row(box box3d) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT core.coarse_cell((ST_YMin(box) + ST_YMax(box)) / 2, 17)';

CREATE OR REPLACE FUNCTION core.note_coarse() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT true AS came, geom_3857, geom_3857::box2d::box3d AS box FROM after OFFSET 0'
        WHEN 'DELETE' THEN 'SELECT false AS came, geom_3857, geom_3857::box2d::box3d AS box FROM before OFFSET 0'
        -- A new name or owner changes no block.
        ELSE 'SELECT u.came, u.geom_3857, u.geom_3857::box2d::box3d AS box
              FROM before b JOIN after a USING (id)
              CROSS JOIN LATERAL (VALUES (false, b.geom_3857), (true, a.geom_3857)) AS u (came, geom_3857)
              WHERE NOT b.geom_3857 = a.geom_3857 OFFSET 0' END;
    little boolean;
BEGIN
    -- Little: no more than one in eight of those that the cell's picture shows.
    EXECUTE format(
        'WITH noted AS (
             INSERT INTO core.coarse_pending AS p (layer, x, y, delta, whole)
             SELECT %1$L, n.x, n.y, n.delta, NOT coalesce(n.moved * 8 <= c.features, false)
             FROM (SELECT core.coarse_column(box) AS x, core.coarse_row(box) AS y, count(*) AS moved,
                          sum(CASE WHEN came THEN 1 ELSE -1 END)::integer AS delta
                   FROM (%2$s) t GROUP BY 1, 2) n
             LEFT JOIN core.coarse c ON c.layer = %1$L AND c.level = 17 AND c.x = n.x AND c.y = n.y
             ON CONFLICT (xact, layer, x, y) DO UPDATE
                 SET delta = p.delta + excluded.delta, whole = p.whole OR excluded.whole
             RETURNING whole)
         SELECT NOT bool_and(whole) FROM noted', TG_TABLE_NAME, touched) INTO little;
    IF little THEN
        EXECUTE format(
            'INSERT INTO core.coarse_moved (layer, x, y, came, geom_3857)
             SELECT %1$L, n.x, n.y, n.came, n.geom_3857
             FROM (SELECT came, geom_3857, core.coarse_column(box) AS x, core.coarse_row(box) AS y
                   FROM (%2$s) t) n
             JOIN core.coarse_pending p ON p.xact = pg_current_xact_id() AND p.layer = %1$L AND p.x = n.x AND p.y = n.y
             WHERE NOT p.whole', TG_TABLE_NAME, touched);
    END IF;
    PERFORM set_config('gis.coarse_made', '', true);
    RETURN NULL;
END $$;

-- Ground that one of two sets of areas covers and the other does not, in m2 of the picture; null where it cannot be
-- told, for what is not valid must not refuse the delivery it came with.
CREATE FUNCTION core.ground_moved(before geometry[], after geometry[]) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
    gone geometry := ST_Buffer(ST_Collect(before), 0);
    come geometry := ST_Buffer(ST_Collect(after), 0);
BEGIN
    IF gone IS NULL OR come IS NULL THEN
        RETURN ST_Area(coalesce(gone, come));
    END IF;
    RETURN ST_Area(ST_SymDifference(gone, come));
EXCEPTION WHEN internal_error THEN
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION core.make_coarse() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed text;
    xs integer[];
    ys integer[];
    deltas integer[];
    wholes boolean[];
BEGIN
    -- The first row's turn does the work of all: the others are told so, for thousands that each looked for
    -- something left would take longer than the work.
    IF current_setting('gis.coarse_made', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    FOR changed, xs, ys, deltas, wholes IN
        WITH gone AS (DELETE FROM core.coarse_pending WHERE xact = pg_current_xact_id() RETURNING *)
        SELECT layer, array_agg(x ORDER BY x, y), array_agg(y ORDER BY x, y), array_agg(delta ORDER BY x, y),
               array_agg(whole ORDER BY x, y)
        FROM gone GROUP BY layer ORDER BY layer
    LOOP
        -- Who comes later must see what we stored before it dissolves the same cell.
        PERFORM pg_advisory_xact_lock(7815009, hashtext(changed));
        SELECT l.xs, l.ys INTO xs, ys FROM core.pass_over(changed, xs, ys, deltas, wholes) l;
        IF xs IS NOT NULL THEN
            PERFORM core.make_finest(changed, xs, ys);
            PERFORM core.make_coarser(changed, xs, ys, 17, 15, 24, 8);
            PERFORM core.make_coarser(changed, xs, ys, 15, 13, 80, 30);
        END IF;
    END LOOP;
    DELETE FROM core.coarse_moved WHERE xact = pg_current_xact_id();
    PERFORM set_config('gis.coarse_made', 'yes', true);
    RETURN NULL;
END $$;

-- Counts the features anew where the ground of a cell stayed as it was, and gives back the other cells. All that is
-- passed over of a cell since it was made comes to 50 m2 at most: less than a pixel of the nearest zoom it is drawn at.
CREATE FUNCTION core.pass_over(
    layer_name text, INOUT xs integer[], INOUT ys integer[], deltas integer[], wholes boolean[]) LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    passed record;
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT x, y, core.ground_moved(array_agg(geom_3857) FILTER (WHERE NOT came),
                                       array_agg(geom_3857) FILTER (WHERE came)) AS m2
        FROM core.coarse_moved WHERE xact = pg_current_xact_id() AND layer = layer_name GROUP BY x, y
    ), counted AS (
        UPDATE core.coarse c SET features = c.features + n.delta, passed_m2 = c.passed_m2 + m.m2
        FROM unnest(xs, ys, deltas, wholes) n (x, y, delta, whole) JOIN moved m USING (x, y)
        WHERE NOT n.whole AND c.layer = layer_name AND c.level = 17 AND c.x = n.x AND c.y = n.y
          AND c.features + n.delta > 0 AND c.passed_m2 + m.m2 <= 50
        RETURNING c.x, c.y, n.delta
    )
    SELECT (SELECT array_agg(n.x ORDER BY n.x, n.y) FROM unnest(pass_over.xs, pass_over.ys) n (x, y)
            WHERE (n.x, n.y) NOT IN (SELECT c.x, c.y FROM counted c)) AS left_xs,
           (SELECT array_agg(n.y ORDER BY n.x, n.y) FROM unnest(pass_over.xs, pass_over.ys) n (x, y)
            WHERE (n.x, n.y) NOT IN (SELECT c.x, c.y FROM counted c)) AS left_ys,
           array_agg(c.x) AS done_xs, array_agg(c.y) AS done_ys, array_agg(c.delta) AS done_deltas
    INTO passed FROM counted c;
    FOR above IN 13..15 BY 2 LOOP
        UPDATE core.coarse c SET features = c.features + n.delta
        FROM (SELECT d.x >> (17 - above) AS x, d.y >> (17 - above) AS y, sum(d.delta)::integer AS delta
              FROM unnest(passed.done_xs, passed.done_ys, passed.done_deltas) d (x, y, delta) GROUP BY 1, 2) n
        WHERE c.layer = layer_name AND c.level = above AND c.x = n.x AND c.y = n.y AND n.delta <> 0;
    END LOOP;
    xs := passed.left_xs;
    ys := passed.left_ys;
END $$;

-- Of many cells the features are gone through once; of a few they are found by the index. OFFSET 0 keeps the condition
-- on the block outside of the part that dissolves: pushed inside, each would be dissolved twice.
CREATE OR REPLACE FUNCTION core.make_finest(layer_name text, xs integer[], ys integer[]) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    many boolean := cardinality(xs) > 50 AND cardinality(xs) * 4 > (
        SELECT count(*) FROM core.coarse c WHERE c.layer = layer_name AND c.level = 17);
BEGIN
    DELETE FROM core.coarse c USING unnest(xs, ys) n (x, y)
    WHERE c.layer = layer_name AND c.level = 17 AND c.x = n.x AND c.y = n.y;
    EXECUTE format(CASE WHEN many THEN
        'INSERT INTO core.coarse
         SELECT %1$L, 17, a.x, a.y, a.features, a.geom
         FROM (SELECT c.x, c.y, count(*) AS features, core.dissolve_finest(array_agg(c.geom_3857 ORDER BY c.id)) AS geom
               FROM (SELECT p.id, p.geom_3857, core.coarse_column(p.box) AS x, core.coarse_row(p.box) AS y
                     FROM (SELECT id, geom_3857, geom_3857::box2d::box3d AS box FROM layer.%1$I OFFSET 0) p) c
               WHERE (c.x, c.y) IN (SELECT n.x, n.y FROM unnest($1, $2) n (x, y))
               GROUP BY c.x, c.y OFFSET 0) a
         WHERE NOT ST_IsEmpty(a.geom)'
    ELSE
        'INSERT INTO core.coarse
         SELECT %1$L, 17, n.x, n.y, a.features, a.geom
         FROM unnest($1, $2) n (x, y)
         CROSS JOIN LATERAL (SELECT ST_TileEnvelope(17, n.x, 131071 - n.y) AS cell) e
         CROSS JOIN LATERAL (
             SELECT count(*) AS features, core.dissolve_finest(array_agg(p.geom_3857 ORDER BY p.id)) AS geom
             FROM layer.%1$I p
             WHERE p.geom_3857 && e.cell
               AND core.coarse_column(p.geom_3857::box2d::box3d) = n.x
               AND core.coarse_row(p.geom_3857::box2d::box3d) = n.y OFFSET 0) a
         WHERE a.features > 0 AND NOT ST_IsEmpty(a.geom)' END, layer_name) USING xs, ys;
END $$;

CREATE OR REPLACE FUNCTION core.make_coarser(
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
          AND c.x BETWEEN n.x * 4 AND n.x * 4 + 3 AND c.y BETWEEN n.y * 4 AND n.y * 4 + 3 OFFSET 0) a
    WHERE a.features > 0 AND NOT ST_IsEmpty(a.geom);
END $$;
