-- name: search
SELECT id, name AS title, 'Điểm wifi miễn phí' AS subtitle, 'Free wifi point' AS subtitle_en,
       CASE WHEN core.fold(name) = %(folded)s THEN 0.9 ELSE 0.55 END AS rank,
       ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.hotspots
WHERE core.fold(name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, name LIMIT %(limit)s;
