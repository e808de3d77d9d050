-- name: search
SELECT h.id, h.full_name AS title, h.rank,
       CASE WHEN h.existed_to IS NULL THEN 'Đơn vị hành chính hiện nay'
            ELSE concat_ws(', nay thuộc ', 'Đơn vị hành chính đến ' || to_char(h.existed_to, 'FMDD/FMMM/YYYY'),
                           layer.units_today(h.geom)) END AS subtitle,
       CASE WHEN h.existed_to IS NULL THEN 'Unit of today'
            ELSE concat_ws(', now in ', 'Unit until ' || to_char(h.existed_to, 'YYYY-MM-DD'),
                           layer.units_today(h.geom)) END AS subtitle_en,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(h.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM (SELECT id, full_name, existed_to, geom, generation * 0.001
             + CASE WHEN lower(full_name) = lower(%(q)s) OR lower(name) = lower(%(q)s) THEN 1.0
                    WHEN %(folded)s IN (core.fold(full_name), core.fold(name)) THEN 0.95
                    ELSE 0.5 + 0.4 * similarity(core.fold(full_name), %(folded)s) END AS rank
      FROM layer.admin_units
      WHERE core.fold(full_name) LIKE '%%' || %(folded)s || '%%'
      ORDER BY rank DESC, id LIMIT %(limit)s) h,
     LATERAL (SELECT ST_Transform(ST_Envelope(h.geom), 4326) AS box) b
ORDER BY h.rank DESC, h.id;

-- name: search_recognised
SELECT h.id, h.full_name AS title,
       CASE WHEN lower(h.full_name) = lower(%(unit)s) THEN 1.0 ELSE 0.95 END + h.generation * 0.001 AS rank,
       CASE WHEN h.existed_to IS NULL THEN 'Đơn vị hành chính hiện nay'
            ELSE concat_ws(', nay thuộc ', 'Đơn vị hành chính đến ' || to_char(h.existed_to, 'FMDD/FMMM/YYYY'),
                           layer.units_today(h.geom)) END AS subtitle,
       CASE WHEN h.existed_to IS NULL THEN 'Unit of today'
            ELSE concat_ws(', now in ', 'Unit until ' || to_char(h.existed_to, 'YYYY-MM-DD'),
                           layer.units_today(h.geom)) END AS subtitle_en,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(h.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM layer.units_named(%(unit)s) n
JOIN layer.admin_units h USING (code, generation),
     LATERAL (SELECT ST_Transform(ST_Envelope(h.geom), 4326) AS box) b
WHERE n.depth = 0
ORDER BY rank DESC, h.id LIMIT %(limit)s;
