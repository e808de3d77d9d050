-- name: tidy
VACUUM (ANALYZE) layer.parcels, layer.zoning, core.delivery;

-- name: flush
CHECKPOINT;

-- Any, but the same ones in every run over the same city.
-- name: places
SELECT p.id, ST_X(inside.point), ST_Y(inside.point)
FROM layer.parcels p
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS point) inside
WHERE p.id IN (SELECT id FROM layer.parcels ORDER BY hashint8extended(id, 20), id LIMIT %(wanted)s)
ORDER BY hashint8extended(p.id, 20), p.id;

-- name: page_starts
SELECT place - 1, id - 1
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM layer.parcels) numbered
ORDER BY hashint8extended(id, 21), id LIMIT %(wanted)s;

-- name: extent
SELECT ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)
FROM (SELECT ST_Transform(ST_SetSRID(CAST(ST_Extent(geom_3857) AS geometry), 3857), 4326) AS box
      FROM layer.parcels) b;

-- name: count
SELECT count(*) FROM layer.parcels;

-- name: versions
SELECT current_setting('server_version'), postgis_lib_version();
