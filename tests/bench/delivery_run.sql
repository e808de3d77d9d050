-- What a delivery of all parcels is measured against: the same rows, as fast as PostgreSQL takes them.
-- name: copy_table
CREATE TABLE bench_copy AS SELECT {columns} FROM layer.parcels WITH NO DATA

-- name: copy_out
COPY (SELECT {columns} FROM layer.parcels) TO STDOUT (FORMAT binary)

-- name: copy_in
COPY bench_copy ({columns}) FROM STDIN (FORMAT binary)

-- name: copy_dropped
DROP TABLE IF EXISTS bench_copy

-- name: middles
SELECT ST_X(p), ST_Y(p)
FROM (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p FROM layer.parcels TABLESAMPLE SYSTEM (5) LIMIT 500) s
