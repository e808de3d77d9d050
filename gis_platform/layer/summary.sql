-- Braces are places for identifiers and for parts put together from the declaration.

-- name: summary
SELECT {name} AS name, f.oldest, f.newest, f.synthetic, d.first_received, d.last_received, d.deliveries,
       ST_XMin(e.box), ST_YMin(e.box), ST_XMax(e.box), ST_YMax(e.box), {begins}
FROM ({freshness}) f (oldest, newest, synthetic),
     (SELECT min(received_at) AS first_received, max(received_at) AS last_received, count(*) AS deliveries
      FROM core.delivery
      WHERE layer = {name} AND kind = 'delivery' AND status IN ('applied', 'partly_applied')) d,
     (SELECT {box} AS box) e

-- The root of the spatial index knows the box around everything without reading a row. It is never too small;
-- after deletions it may be too large.
-- name: index_box
ST_Transform(ST_SetSRID(CAST(ST_EstimatedExtent('layer', {name}, 'geom_3857') AS geometry), 3857), 4326)

-- The index also knows of rows that the role is not shown.
-- name: no_box
CAST(NULL AS geometry)

-- name: begins
least((SELECT min(valid_from) FROM {table}), (SELECT min(lower(valid_period)) FROM {history}))

-- name: no_begin
CAST(NULL AS date)

-- name: lineage
SELECT id, source, source_date, received_at, counts, synthetic, complete FROM core.delivery
WHERE layer = %(layer)s AND kind = 'delivery' AND status IN ('applied', 'partly_applied')
ORDER BY received_at DESC, id DESC LIMIT %(most)s;
