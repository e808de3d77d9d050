-- The planner's own estimate: no table is read.
-- name: extent
SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
FROM (SELECT ST_EstimatedExtent('layer', %(layer)s, 'geom') AS box) AS estimated WHERE box IS NOT NULL;

-- name: has_statistics
SELECT EXISTS (SELECT FROM pg_stats WHERE schemaname = 'layer' AND tablename = %(layer)s AND attname = 'geom');

-- name: frequent
SELECT attname, CAST(CAST(most_common_vals AS text) AS text[]) FROM pg_stats
WHERE schemaname = 'layer' AND tablename = %(layer)s AND most_common_vals IS NOT NULL;

-- name: remember
UPDATE core.delivery SET asked = asked || jsonb_build_object('mapping', CAST(%(mapping)s AS jsonb))
WHERE id = %(id)s;
