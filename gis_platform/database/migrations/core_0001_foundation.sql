CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pgrouting;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA IF NOT EXISTS core;
CREATE SCHEMA IF NOT EXISTS layer;
CREATE SCHEMA IF NOT EXISTS jobs;

-- Roles belong to the whole server: several cities may share one.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['gis_public', 'gis_planner', 'gis_permit', 'gis_enforcement', 'gis_steward',
                                'gis_operator', 'gis_auditor', 'gis_admin', 'gis_app'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOINHERIT', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;
ALTER ROLE gis_public LOGIN;
ALTER ROLE gis_app LOGIN;
GRANT gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin
    TO gis_app;

REVOKE ALL ON SCHEMA core, layer, jobs FROM PUBLIC;
GRANT USAGE ON SCHEMA core, layer TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin, gis_app;

-- A row policy that looks at a column keeps the planner from the GiST index unless && is leakproof.
-- Only a superuser may say so; without one the queries are right and slower.
DO $$
BEGIN
    ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'geometry_overlaps stays not leakproof: spatial queries under row policies will be slower';
END $$;

CREATE TABLE core.city (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    name text NOT NULL,
    title_vi text NOT NULL,
    title_en text NOT NULL,
    working_srid integer NOT NULL
);
COMMENT ON TABLE core.city IS 'The city this database belongs to; one database holds one city.';

CREATE TABLE core.delivery (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer text NOT NULL,
    source text NOT NULL,
    source_date date NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    size_bytes bigint NOT NULL,
    srid integer NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    received_by text NOT NULL,
    status text NOT NULL CHECK (status IN ('applied', 'refused')),
    counts jsonb NOT NULL,
    synthetic boolean NOT NULL DEFAULT false
);
CREATE INDEX ON core.delivery (layer, received_at DESC);
COMMENT ON COLUMN core.delivery.synthetic IS 'Made up for demonstration; every answer that rests on it says so.';

CREATE TABLE core.demo_load (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    parcels integer NOT NULL,
    seed integer NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT ON core.city TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_auditor, gis_admin, gis_app;
GRANT SELECT (id, layer, source, source_date, received_at, status, counts, synthetic) ON core.delivery
    TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;
GRANT SELECT ON core.demo_load, public.alembic_version TO gis_app;

CREATE FUNCTION core.working_srid() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT working_srid FROM core.city';

-- Gives a table of schema layer its geometry in the working grid, and the copy that tiles read.
CREATE FUNCTION core.make_layer(target regclass, geometry_type text) RETURNS void LANGUAGE plpgsql AS $$
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
END $$;

-- Two times. The current version stays in the table; each closed one goes to <table>_history with the
-- period in which it held (valid) and the period in which we believed it (recorded).
CREATE FUNCTION core.keep_history(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    short text := (SELECT relname FROM pg_class WHERE oid = target);
    history text := format('layer.%I', short || '_history');
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN valid_from date NOT NULL,
        ADD COLUMN recorded_from timestamptz NOT NULL DEFAULT now()', target);
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING GENERATED INCLUDING CONSTRAINTS)', history, target);
    EXECUTE format('ALTER TABLE %s DROP COLUMN valid_from, DROP COLUMN recorded_from,
        ADD COLUMN valid_period daterange NOT NULL CHECK (NOT isempty(valid_period)),
        ADD COLUMN recorded_period tstzrange NOT NULL CHECK (NOT isempty(recorded_period)),
        ADD EXCLUDE USING gist (id WITH =, valid_period WITH &&, recorded_period WITH &&)', history);
    EXECUTE format('CREATE INDEX ON %s USING gist (geom)', history);
    EXECUTE format('CREATE INDEX ON %s USING gist (geom_3857)', history);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', history);
    EXECUTE format('CREATE TRIGGER recorded BEFORE UPDATE ON %s
        FOR EACH ROW EXECUTE FUNCTION core.stamp_recorded()', target);
    EXECUTE format('CREATE TRIGGER changed AFTER UPDATE ON %s REFERENCING OLD TABLE AS before NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.close_changed()', target);
    EXECUTE format('CREATE TRIGGER ended AFTER DELETE ON %s REFERENCING OLD TABLE AS before
        FOR EACH STATEMENT EXECUTE FUNCTION core.close_ended()', target);
    EXECUTE format('CREATE TRIGGER no_overlap AFTER INSERT ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_overlap()', target);
    EXECUTE format('CREATE TRIGGER no_overlap_changed AFTER UPDATE ON %s REFERENCING NEW TABLE AS after
        FOR EACH STATEMENT EXECUTE FUNCTION core.refuse_overlap()', target);
END $$;

-- The writer says when a change became true; when we learned it is never the writer's to say.
CREATE FUNCTION core.stamp_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_from := transaction_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION core.version_columns(target regclass) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND attname NOT IN ('valid_from', 'recorded_from')
$$;

-- A change at V, learned at T, of a version that held from v0: we no longer believe [v0, ..) after T, and
-- from T on we believe that the old content held for [v0, V).
CREATE FUNCTION core.close_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
BEGIN
    EXECUTE format(
        'INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
         SELECT b.* FROM (SELECT %2$s, daterange(valid_from, NULL), tstzrange(recorded_from, now())
                          FROM before WHERE recorded_from < now()) b
         UNION ALL
         SELECT c.* FROM (SELECT %3$s, daterange(o.valid_from, n.valid_from), tstzrange(now(), NULL)
                          FROM before o JOIN after n USING (id) WHERE n.valid_from > o.valid_from) c',
        TG_TABLE_NAME || '_history', columns, regexp_replace(columns, '(^|, )', '\1o.', 'g'));
    RETURN NULL;
END $$;

-- A feature ends on the day in setting gis.valid_from (today where it is not set).
CREATE FUNCTION core.close_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns text := core.version_columns(TG_RELID);
    ended date := coalesce(nullif(current_setting('gis.valid_from', true), '')::date, current_date);
BEGIN
    EXECUTE format(
        'INSERT INTO layer.%1$I (%2$s, valid_period, recorded_period)
         SELECT %2$s, daterange(valid_from, NULL), tstzrange(recorded_from, now())
         FROM before WHERE recorded_from < now()
         UNION ALL
         SELECT %2$s, daterange(valid_from, $1), tstzrange(now(), NULL)
         FROM before WHERE valid_from < $1',
        TG_TABLE_NAME || '_history', columns) USING ended;
    RETURN NULL;
END $$;

-- What we believe now: the current version holds from valid_from on, so no closed one may reach past it.
CREATE FUNCTION core.refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clash bigint;
BEGIN
    EXECUTE format(
        'SELECT a.id FROM after a JOIN layer.%I h USING (id)
         WHERE upper_inf(h.recorded_period) AND h.valid_period && daterange(a.valid_from, NULL) LIMIT 1',
        TG_TABLE_NAME || '_history') INTO clash;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'layer.% feature % would have two versions on one day', TG_TABLE_NAME, clash
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
