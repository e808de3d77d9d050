-- name: search
SELECT id, name AS title, 'Camera ' || code AS subtitle,
       CASE WHEN lower(code) = lower(%(q)s) THEN 1.0 ELSE 0.5 END AS rank,
       ST_AsGeoJSON(ST_Transform(geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.cameras
WHERE lower(code) = lower(%(q)s) OR core.fold(name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, code LIMIT %(limit)s;
