-- The place is the middle of the geohash's cell, in WGS 84.
-- name: elsewhere
SELECT row_no, CAST(NULL AS bigint) AS id, ARRAY[code, CAST(round(CAST(away AS numeric), 1) AS text)] AS told, geom
FROM (SELECT row_no, {code} AS code, geom,
             ST_Distance(geom, ST_Transform(ST_SetSRID(ST_PointFromGeoHash({code}), 4326), ST_SRID(geom))) AS away
      FROM staged WHERE {code} ~ '^[0-9b-hjkmnp-z]{{12}}$' OFFSET 0) placed
WHERE away > %(tolerance)s;

-- name: any_unit
SELECT EXISTS (SELECT FROM {units});

-- name: unit_unknown
SELECT s.row_no, CAST(NULL AS bigint) AS id, ARRAY[CAST(s.{named} AS text)] AS told, s.geom
FROM staged s WHERE s.{named} IS NOT NULL AND s.{named} NOT IN (SELECT u.{code} FROM {units} u);

-- name: make_units
CREATE TEMPORARY TABLE unit_named ON COMMIT DROP AS
SELECT u.{code} AS code, u.{generation} AS generation, u.{title} AS title,
       coalesce(u.{since} <= %(day)s, true) AND coalesce(u.{until} >= %(day)s, true) AS holds,
       ST_Subdivide(u.geom, 64) AS geom
FROM {units} u WHERE u.{code} IN (SELECT s.{named} FROM staged s);

-- name: index_units
CREATE INDEX ON unit_named USING gist (geom);
ANALYZE unit_named;

-- name: analyze_blocks
ANALYZE unit_block;

-- name: unit_retired
SELECT s.row_no, CAST(NULL AS bigint) AS id,
       ARRAY[u.code, u.title, CAST(u.generation AS text), CAST(CAST(%(day)s AS date) AS text)] AS told, s.geom
FROM (SELECT DISTINCT ON (code) code, title, generation FROM unit_named
      WHERE code NOT IN (SELECT code FROM unit_named WHERE holds) ORDER BY code, generation DESC) u
JOIN staged s ON s.{named} = u.code;

-- Rows by squares of 200 m: where the box of all of them is within the unit, each of them is.
-- name: make_blocks
CREATE TEMPORARY TABLE unit_block ON COMMIT DROP AS
SELECT b.code, b.x, b.y
FROM (SELECT s.{named} AS code, floor(ST_XMin(s.geom) / 200) AS x, floor(ST_YMin(s.geom) / 200) AS y,
             ST_SetSRID(CAST(ST_Extent(s.geom) AS geometry), %(srid)s) AS box
      FROM staged s GROUP BY 1, 2, 3) b
WHERE EXISTS (SELECT FROM {units} u WHERE u.{code} = b.code AND u.geom && b.box AND ST_Covers(u.geom, b.box)
              AND coalesce(u.{since} <= %(day)s, true) AND coalesce(u.{until} >= %(day)s, true));

-- Those of which the middle is not in the unit, and less than the bulk of the area is.
-- name: make_astray
CREATE TEMPORARY TABLE astray ON COMMIT DROP AS
SELECT a.row_no, a.code, a.geom
FROM (SELECT s.row_no, s.{named} AS code, s.geom FROM staged s
      WHERE s.{named} IN (SELECT code FROM unit_named WHERE holds)
        AND NOT EXISTS (SELECT FROM unit_block b
                        WHERE b.code = s.{named} AND b.x = floor(ST_XMin(s.geom) / 200)
                          AND b.y = floor(ST_YMin(s.geom) / 200))
        AND NOT EXISTS (SELECT FROM unit_named u WHERE u.code = s.{named} AND u.holds
                        AND ST_Intersects(u.geom, ST_Centroid(s.geom)))) a
LEFT JOIN unit_named u ON u.code = a.code AND u.holds AND ST_Intersects(u.geom, a.geom)
GROUP BY a.row_no, a.code, a.geom
HAVING coalesce(sum(ST_Area(ST_Intersection(u.geom, a.geom))), 0) <= %(bulk)s * ST_Area(a.geom);

-- name: unit_generation
SELECT DISTINCT ON (a.row_no) a.row_no, CAST(NULL AS bigint) AS id,
       ARRAY[a.code, n.title, o.title, CAST(o.generation AS text)] AS told, a.geom
FROM astray a
JOIN unit_named o ON o.code = a.code AND NOT o.holds AND ST_Intersects(o.geom, ST_Centroid(a.geom))
JOIN LATERAL (SELECT title FROM unit_named u WHERE u.code = a.code AND u.holds LIMIT 1) n ON true
ORDER BY a.row_no, o.generation DESC

-- name: outside_unit
SELECT a.row_no, CAST(NULL AS bigint) AS id, ARRAY[a.code] AS told, a.geom
FROM astray a
WHERE NOT EXISTS (SELECT FROM unit_named o
                  WHERE o.code = a.code AND NOT o.holds AND ST_Intersects(o.geom, ST_Centroid(a.geom)))

-- name: drop_units
DROP TABLE IF EXISTS pg_temp.astray, pg_temp.unit_block, pg_temp.unit_named;
