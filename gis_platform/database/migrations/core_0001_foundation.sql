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
    working_srid integer NOT NULL,
    timezone text NOT NULL CHECK (now() AT TIME ZONE timezone IS NOT NULL)
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

-- The moment a civil day of the city begins.
CREATE FUNCTION core.day_begins(day date) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT CAST(day AS timestamp) AT TIME ZONE timezone FROM core.city';

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
