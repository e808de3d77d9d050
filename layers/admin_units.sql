-- name: search
SELECT id, full_name AS title,
       CASE generation WHEN 3 THEN 'Đơn vị hành chính hiện nay' ELSE 'Đơn vị hành chính cũ' END AS subtitle,
       (CASE WHEN lower(full_name) = lower(%(q)s) OR lower(name) = lower(%(q)s) THEN 1.0
             WHEN core.fold(name) = %(folded)s THEN 0.95
             ELSE 0.5 + 0.4 * similarity(core.fold(full_name), %(folded)s) END)
       + generation * 0.001 AS rank,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] AS bbox
FROM layer.admin_units, LATERAL (SELECT ST_Transform(ST_Envelope(geom), 4326) AS box) b
WHERE core.fold(full_name) LIKE '%%' || %(folded)s || '%%'
ORDER BY rank DESC LIMIT %(limit)s;
