-- name: search
SELECT w.id, w.name AS title, 'Mặt nước' AS subtitle, 'Water' AS subtitle_en,
       CASE WHEN lower(w.name) = lower(%(q)s) THEN 0.99
            WHEN core.fold(w.name) = %(folded)s THEN 0.9
            ELSE 0.4 + 0.3 * similarity(core.fold(w.name), %(folded)s) END AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(w.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM layer.waters w, LATERAL (SELECT ST_Transform(ST_Envelope(w.geom), 4326) AS box) b
WHERE core.fold(w.name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, w.name LIMIT %(limit)s;
