-- Braces are places for identifiers; doubled ones are JSON.

-- name: feature
'{{"type":"Feature","id":' || t.id || ',"geometry":' || ST_AsGeoJSON(ST_Transform(t.geom, 4326), 8)
    || ',"properties":' || json_build_object({properties}) || '}}'

-- name: items
WITH matched AS (
    SELECT count(*) AS n FROM {table} t WHERE {condition}
), page AS MATERIALIZED (
    SELECT t.* FROM {columns} t WHERE ({condition}) AND t.id > %(after)s ORDER BY t.id LIMIT %(limit)s
)
SELECT (SELECT n FROM matched), count(*), max(t.id),
       EXISTS (SELECT FROM {table} t WHERE ({condition}) AND t.id > (SELECT max(id) FROM page)),
       EXISTS (SELECT FROM core.delivery d WHERE d.synthetic AND d.id IN (SELECT delivery_id FROM page)),
       convert_to(coalesce(string_agg({feature}, ',' ORDER BY t.id), ''), 'UTF8')
FROM page t

-- name: versions
(
    SELECT {columns} FROM {current} WHERE valid_from <= %(as_of)s AND recorded_from <= %(known_at)s
    UNION ALL
    SELECT {columns} FROM {history}
    WHERE valid_period @> CAST(%(as_of)s AS date) AND recorded_period @> CAST(%(known_at)s AS timestamptz)
)

-- name: item
SELECT convert_to({feature}, 'UTF8'),
       EXISTS (SELECT FROM core.delivery d WHERE d.synthetic AND d.id = t.delivery_id)
FROM {columns} t WHERE t.id = %(id)s

-- name: tile
-- The buffer is some metres, in steps of the tile: a street drawn as wide as it is must not be cut at the
-- edge, and a lot that lies on the edge is named once, where its middle is.
SELECT coalesce(ST_AsMVT(m, {name}, 4096, 'geom', 'id'), ''::bytea)
FROM (
    SELECT t.id, {attributes} ST_AsMVTGeom(t.geom_3857, box.edge, 4096, box.buffer, true) AS geom
    FROM {table} t,
         (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS edge, b.buffer,
                 ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => b.buffer / 4096.0) AS around
          FROM (SELECT least(512, greatest(64, ({reach} * 4096 / 40075016.7 * 2 ^ CAST(%(z)s AS integer))::int))
                       AS buffer) b) box
    WHERE t.geom_3857 && box.around {drop_small}
) m
WHERE m.geom IS NOT NULL

-- name: inside_box
t.geom && {box} AND ST_Intersects(t.geom, {box})

-- name: box
ST_Transform(ST_GeomFromText(%(box)s, 4326), {srid})

-- name: large_enough
AND greatest(ST_XMax(t.geom_3857) - ST_XMin(t.geom_3857), ST_YMax(t.geom_3857) - ST_YMin(t.geom_3857))
    > (ST_XMax(box.edge) - ST_XMin(box.edge)) / 1024
