-- Braces are places for identifiers. Features come in the order of their ids: a tile is the same, byte for byte,
-- until something in it changes.

-- The places of the tile come as values of their own types: written as functions they would be worked out for
-- every row. OFFSET 0 keeps the condition on the drawing outside of the part that draws: pushed inside, each feature
-- would be drawn twice, once for the condition (8.5 ms a tile of z16 instead of 5.4).
-- name: tile
SELECT coalesce(ST_AsMVT(m, {name}, 4096, 'geom', 'id'), ''::bytea)
FROM (
    SELECT t.id, {attributes} {drawn} AS geom
    FROM {rows} t
    WHERE t.geom_3857 && CAST(%(around)s AS geometry) {drop_small}
    ORDER BY t.id OFFSET 0
) m
WHERE m.geom IS NOT NULL

-- name: drawn
ST_AsMVTGeom(t.geom_3857, CAST(%(edge)s AS box2d), 4096, {buffer}, true)

-- An area that lies within the tile and whose places may move further than rounding moves them is only scaled and
-- rounded: valid it is already, and seeing to that is what costs most (7.3 against 4.6 ms a tile of z16). Seen with
-- y downwards its outer ring turns the other way round. Boxes are compared as PostGIS keeps them, to a metre: what
-- reaches over the edge by that is not cut.
-- name: drawn_fine
CASE WHEN t.clearance > {least} AND t.geom_3857 @ CAST(%(around)s AS geometry)
     THEN ST_ForcePolygonCCW(ST_SnapToGrid(ST_TransScale(t.geom_3857, - CAST(%(west)s AS double precision),
          - CAST(%(north)s AS double precision), {steps}, - CAST({steps} AS double precision)), 1))
     ELSE {drawn} END

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
    ORDER BY c.x, c.y OFFSET 0
) m
WHERE m.geom IS NOT NULL
