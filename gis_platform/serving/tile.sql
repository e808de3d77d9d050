-- Braces are places for identifiers. Features come in the order of their ids: a tile is the same, byte for byte,
-- until something in it changes.

-- The places of the tile come as values of their own types: written as functions they would be worked out for
-- every row.
-- name: tile
SELECT coalesce(ST_AsMVT(m, {name}, 4096, 'geom', 'id'), ''::bytea)
FROM (
    SELECT t.id, {attributes} ST_AsMVTGeom(t.geom_3857, CAST(%(edge)s AS box2d), 4096, {buffer}, true) AS geom
    FROM {rows} t
    WHERE t.geom_3857 && CAST(%(around)s AS geometry) {drop_small}
    ORDER BY t.id
) m
WHERE m.geom IS NOT NULL

-- name: large_enough
AND greatest(ST_XMax(t.geom_3857) - ST_XMin(t.geom_3857), ST_YMax(t.geom_3857) - ST_YMin(t.geom_3857)) > {least}

-- A cell may reach over its edge by what its outermost features do: one more all around.
-- name: coarse_tile
SELECT coalesce(ST_AsMVT(m, {name}, 4096, 'geom'), ''::bytea)
FROM (
    SELECT c.features, ST_AsMVTGeom(c.geom_3857, CAST(%(edge)s AS box2d), 4096, {buffer}, true) AS geom
    FROM core.coarse c
    WHERE c.layer = {name} AND c.level = {level}
      AND c.x BETWEEN CAST(%(x)s AS integer) * {across} - 1 AND (CAST(%(x)s AS integer) + 1) * {across}
      AND c.y BETWEEN CAST(%(south)s AS integer) * {across} - 1 AND (CAST(%(south)s AS integer) + 1) * {across}
    ORDER BY c.x, c.y
) m
WHERE m.geom IS NOT NULL
