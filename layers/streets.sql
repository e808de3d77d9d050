-- Exact spelling first, then folded, then the likest: "Mỹ Tho" stands above "Mỹ Thọ" for who types diacritics.
-- name: search
SELECT h.id, h.name AS title, h.rank,
       concat_ws(', ', CASE h.kind WHEN 'hem' THEN 'Hẻm' ELSE 'Đường' END, u.today) AS subtitle,
       concat_ws(', ', CASE h.kind WHEN 'hem' THEN 'Alley' ELSE 'Street' END, u.today) AS subtitle_en,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(h.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM (SELECT s.id, s.name, s.kind, s.geom,
             CASE WHEN lower(s.name) = lower(%(q)s) THEN 1.0
                  WHEN core.fold(s.name) = %(folded)s THEN 0.97
                  WHEN core.fold(s.name) LIKE %(folded)s || '%%' THEN 0.8
                  ELSE 0.4 + 0.3 * similarity(core.fold(s.name), %(folded)s) END AS rank
      FROM layer.streets s
      WHERE core.fold(s.name) LIKE '%%' || %(folded)s || '%%'
      ORDER BY rank DESC, s.name, s.id LIMIT %(limit)s) h,
     LATERAL (SELECT ST_Transform(ST_Envelope(h.geom), 4326) AS box) b,
     LATERAL (SELECT layer.units_today(h.geom) AS today) u
ORDER BY h.rank DESC, h.name, h.id;

-- The same for a reading of the text; a street of the name elsewhere stands below those in the unit asked for.
-- name: search_recognised
WITH asked AS MATERIALIZED (
    SELECT a.geom FROM layer.units_named(%(unit)s) n JOIN layer.admin_units a USING (code, generation)
    WHERE n.depth = 0 AND %(unit)s <> '')
SELECT h.id, h.name AS title, h.rank,
       concat_ws(', ', CASE h.kind WHEN 'hem' THEN 'Hẻm' ELSE 'Đường' END, u.today) AS subtitle,
       concat_ws(', ', CASE h.kind WHEN 'hem' THEN 'Alley' ELSE 'Street' END, u.today) AS subtitle_en,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(h.geom), 4326), 6)::json AS point,
       ARRAY[ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)] AS bbox
FROM (SELECT s.id, s.name, s.kind, s.geom,
             CAST(%(weight)s AS double precision)
             * CASE WHEN lower(s.name) = lower(%(q)s) THEN 1.0
                    WHEN core.fold(s.name) = %(folded)s THEN 0.97
                    WHEN core.fold(s.name) LIKE %(folded)s || '%%' THEN 0.8
                    ELSE 0.4 + 0.3 * similarity(core.fold(s.name), %(folded)s) END
             * CASE WHEN %(unit)s = '' OR EXISTS (SELECT FROM asked WHERE ST_Intersects(asked.geom, s.geom))
                    THEN 1 ELSE 0.6 END AS rank
      FROM layer.streets s
      WHERE core.fold(s.name) LIKE '%%' || %(folded)s || '%%'
      ORDER BY rank DESC, s.name, s.id LIMIT %(limit)s) h,
     LATERAL (SELECT ST_Transform(ST_Envelope(h.geom), 4326) AS box) b,
     LATERAL (SELECT layer.units_today(h.geom) AS today) u
ORDER BY h.rank DESC, h.name, h.id;
