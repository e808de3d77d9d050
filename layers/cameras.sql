-- name: search
SELECT id, name AS title, 'Camera ' || code AS subtitle,
       CASE WHEN lower(code) = lower(%(q)s) THEN 1.0 ELSE 0.5 END AS rank,
       ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.cameras
WHERE lower(code) = lower(%(q)s) OR core.fold(name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, code LIMIT %(limit)s;

-- Standing on ground that a delivery changes: for information, nothing of it is at stake.
-- name: impact
SELECT c.id, 'Camera ' || c.code || ', ' || c.name AS title, 'Camera ' || c.code || ', ' || c.name AS title_en,
       'Đặt trên phần đất có thay đổi' AS note, 'Stands on ground that changes' AS note_en
FROM layer.cameras c
WHERE c.status <> 'retired'
  AND EXISTS (SELECT FROM touched t WHERE t.geom && c.geom AND ST_Intersects(t.geom, c.geom));
