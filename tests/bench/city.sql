-- name: peer
DO $$ BEGIN CREATE ROLE bench_peer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- name: schema
CREATE SCHEMA IF NOT EXISTS bench;

-- Peers that read features are given degrees, through an index: none of them has to turn a grid in its own code.
-- name: features
DROP VIEW IF EXISTS bench.{view};
CREATE INDEX IF NOT EXISTS {index} ON layer.{table}
    USING gist (CAST(ST_Transform(geom, 4326) AS geometry(MultiPolygon, 4326)));
CREATE VIEW bench.{view} AS
    SELECT {columns}, CAST(ST_Transform(geom, 4326) AS geometry(MultiPolygon, 4326)) AS geom FROM layer.{table};

-- name: tiles
DROP VIEW IF EXISTS bench.parcel_tiles;
CREATE VIEW bench.parcel_tiles AS SELECT {columns}, geom_3857 AS geom FROM layer.parcels;

-- tipg makes temporary functions.
-- name: grants
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO bench_peer;
GRANT USAGE ON SCHEMA bench TO bench_peer;
GRANT SELECT ON ALL TABLES IN SCHEMA bench TO bench_peer;
