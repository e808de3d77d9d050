-- Exact spelling first, then folded, then the likest: "Mỹ Tho" stands above "Mỹ Thọ" for who types diacritics.
-- name: search
SELECT s.id, s.name AS title, 'Đường' AS subtitle,
       CASE WHEN lower(s.name) = lower(%(q)s) THEN 1.0
            WHEN core.fold(s.name) = %(folded)s THEN 0.97
            WHEN core.fold(s.name) LIKE %(folded)s || '%%' THEN 0.8
            ELSE 0.4 + 0.3 * similarity(core.fold(s.name), %(folded)s) END AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(s.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM layer.streets s, LATERAL (SELECT ST_Transform(ST_Envelope(s.geom), 4326) AS box) b
WHERE core.fold(s.name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC, s.name LIMIT %(limit)s;
