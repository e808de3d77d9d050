-- name: columns
SELECT CAST(a.attname AS text) AS name
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relname = 'staged' AND a.attnum > 0 AND NOT a.attisdropped;

-- name: changes
SELECT c.change_no, c.kind, c.row_no, c.id AS feature, c.group_no, c.confidence, c.evidence, c.part, c.decision,
       c.confidence < %(sure)s AS doubtful,
       CASE WHEN t.id IS NOT NULL THEN (SELECT to_jsonb(b) FROM (SELECT {before}) b) END AS before,
       CASE WHEN s.row_no IS NOT NULL THEN (SELECT to_jsonb(a) FROM (SELECT {after}) a) END AS after,
       CASE WHEN {is_area} THEN ST_Area(t.geom) END AS area_before_m2,
       CASE WHEN {is_area} THEN ST_Area(s.geom) END AS area_after_m2,
       ST_XMin(e.box) AS west, ST_YMin(e.box) AS south, ST_XMax(e.box) AS east, ST_YMax(e.box) AS north
FROM (
    SELECT * FROM {change}
    WHERE change_no > %(seen)s AND (CAST(%(kind)s AS text) IS NULL OR kind = %(kind)s)
      AND (CAST(%(part)s AS text) IS NULL OR part = %(part)s)
      AND (CAST(%(doubtful)s AS boolean) IS NULL OR (confidence < %(sure)s) = %(doubtful)s)
    ORDER BY change_no LIMIT %(limit)s
) c
LEFT JOIN {table} t ON t.id = c.id
LEFT JOIN {staged} s ON s.row_no = c.row_no
CROSS JOIN LATERAL (
    SELECT ST_Transform(ST_Envelope(ST_Collect(t.geom, s.geom)), 4326) AS box
) e
ORDER BY c.change_no;

-- The two states of what changes. A shape too small to be seen at that zoom is a point, and of many such points
-- on one spot one is drawn.
-- name: tile
WITH place AS (
    SELECT CAST(%(around)s AS geometry) AS around, CAST(%(edge)s AS box2d) AS edge,
           ST_Transform(CAST(%(around)s AS geometry), core.working_srid()) AS in_grid
), old AS (
    SELECT c.change_no, c.kind, c.confidence < %(sure)s AS doubtful, t.geom_3857 AS shape
    FROM place p JOIN {table} t ON t.geom_3857 && p.around JOIN {change} c ON c.id = t.id
), new AS (
    SELECT c.change_no, c.kind, c.confidence < %(sure)s AS doubtful, ST_Transform(s.geom, 3857) AS shape
    FROM place p JOIN {staged} s ON s.geom && p.in_grid JOIN {change} c ON c.row_no = s.row_no
), before_shape AS (
    SELECT change_no, kind, doubtful, CASE WHEN {large} THEN shape ELSE ST_Centroid(ST_Envelope(shape)) END AS shape,
           CASE WHEN {large} THEN change_no END AS apart
    FROM old
), after_shape AS (
    SELECT change_no, kind, doubtful, CASE WHEN {large} THEN shape ELSE ST_Centroid(ST_Envelope(shape)) END AS shape,
           CASE WHEN {large} THEN change_no END AS apart
    FROM new
)
SELECT coalesce((
    SELECT ST_AsMVT(m, 'before', 4096, 'geom', 'change_no') FROM (
        SELECT DISTINCT ON (kind, doubtful, apart, ST_SnapToGrid(ST_Centroid(shape), %(grain)s))
               change_no, kind, doubtful, ST_AsMVTGeom(shape, (SELECT edge FROM place), 4096, 64, true) AS geom
        FROM before_shape
        ORDER BY kind, doubtful, apart, ST_SnapToGrid(ST_Centroid(shape), %(grain)s), change_no
    ) m WHERE geom IS NOT NULL), ''::bytea)
|| coalesce((
    SELECT ST_AsMVT(m, 'after', 4096, 'geom', 'change_no') FROM (
        SELECT DISTINCT ON (kind, doubtful, apart, ST_SnapToGrid(ST_Centroid(shape), %(grain)s))
               change_no, kind, doubtful, ST_AsMVTGeom(shape, (SELECT edge FROM place), 4096, 64, true) AS geom
        FROM after_shape
        ORDER BY kind, doubtful, apart, ST_SnapToGrid(ST_Centroid(shape), %(grain)s), change_no
    ) m WHERE geom IS NOT NULL), ''::bytea);

-- name: large
greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape)) > %(least)s

-- name: extent
SELECT ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box)
FROM (
    SELECT ST_Transform(ST_SetSRID(CAST(ST_Extent(geom) AS geometry), core.working_srid()), 4326) AS box
    FROM (
        SELECT t.geom FROM {change} c JOIN {table} t ON t.id = c.id
        UNION ALL
        SELECT s.geom FROM {change} c JOIN {staged} s ON s.row_no = c.row_no
    ) g
) e;
