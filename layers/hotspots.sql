-- name: search
SELECT id, name AS title, 'Điểm wifi miễn phí' AS subtitle, 'Free wifi point' AS subtitle_en,
       CASE WHEN core.fold(name) = %(folded)s THEN 0.9 ELSE 0.55 END AS rank,
       ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.hotspots
WHERE core.fold(name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, name LIMIT %(limit)s;

-- Standing on ground that a delivery changes: for information, nothing of it is at stake.
-- name: impact
SELECT h.id, 'Điểm wifi ' || h.code || ', ' || h.name AS title, 'Wifi point ' || h.code || ', ' || h.name AS title_en,
       'Đặt trên phần đất có thay đổi' AS note, 'Stands on ground that changes' AS note_en
FROM layer.hotspots h
WHERE h.status <> 'retired'
  AND EXISTS (SELECT FROM touched t WHERE t.geom && h.geom AND ST_Intersects(t.geom, h.geom));
