-- name: search
SELECT h.id, h.address AS title,
       CASE h.state WHEN 'issued' THEN 'Số nhà' WHEN 'retired' THEN 'Số nhà cũ' ELSE 'Số nhà dự kiến' END AS subtitle,
       CASE h.state WHEN 'issued' THEN 'House number' WHEN 'retired' THEN 'Old house number' ELSE 'Planned house number' END
           AS subtitle_en,
       CASE WHEN core.fold(h.address) = %(folded)s THEN 0.96 ELSE 0.5 END AS rank,
       ST_AsGeoJSON(ST_Transform(h.geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.house_numbers h
WHERE core.fold(h.address) LIKE %(folded)s || '%%'
ORDER BY rank DESC, numbering.sort_key(h.alley_path, h.number, h.suffix), h.id LIMIT %(limit)s;

-- name: search_recognised
SELECT h.id, coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix) || ' ' || s.name) AS title,
       concat_ws(', ', CASE h.state WHEN 'issued' THEN 'Số nhà' WHEN 'retired' THEN 'Số nhà cũ'
                                    ELSE 'Số nhà dự kiến' END, u.today) AS subtitle,
       concat_ws(', ', CASE h.state WHEN 'issued' THEN 'House number' WHEN 'retired' THEN 'Old house number'
                                    ELSE 'Planned house number' END, u.today)
           AS subtitle_en,
       CASE h.state WHEN 'issued' THEN 1.9 WHEN 'retired' THEN 1.5 ELSE 1.7 END AS rank,
       ST_AsGeoJSON(ST_Transform(h.geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM layer.streets s
JOIN layer.house_numbers h ON h.street_id = s.id
     AND numbering.sort_key(h.alley_path, h.number, h.suffix)
         = numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text))
CROSS JOIN LATERAL (
    SELECT (SELECT a.full_name FROM layer.admin_units a
            WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, h.geom)
            ORDER BY a.code LIMIT 1) AS today) u
WHERE core.fold(s.name) = ANY (CAST(%(streets)s AS text[]))
  AND (%(unit)s = '' OR EXISTS (
      SELECT FROM layer.units_named(%(unit)s) u JOIN layer.admin_units a USING (code, generation)
      WHERE u.depth = 0 AND ST_Intersects(a.geom, h.geom)))
ORDER BY rank DESC, h.id LIMIT %(limit)s;

-- Houses whose parcel changes, or whose gate lies on ground that does; what is retired concerns nobody.
-- name: impact
SELECT h.id, 'Số nhà ' || coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix)) AS title,
       'House number ' || coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix)) AS title_en,
       'Cổng nằm trên phần đất có thay đổi' AS note, 'Its gate stands on ground that changes' AS note_en
FROM layer.house_numbers h
WHERE h.state IN ('reserved', 'issued')
  AND EXISTS (SELECT FROM touched t WHERE t.geom && ST_Expand(h.geom, 0.5) AND ST_DWithin(t.geom, h.geom, 0.5))
