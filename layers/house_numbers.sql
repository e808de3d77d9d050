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

-- By the number of today, then by those that a house had before: what the register holds of old numbers, and the
-- history of the layer. The title is always what the house is called now.
-- name: search_recognised
WITH named AS MATERIALIZED (
    SELECT s.id, s.name FROM layer.streets s WHERE core.fold(s.name) = ANY (CAST(%(streets)s AS text[])) LIMIT 50
), asked AS MATERIALIZED (
    SELECT numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text)) AS key,
           CAST(%(alleys)s AS jsonb) || jsonb_build_array(jsonb_build_object(
               'number', CAST(%(number)s AS integer), 'suffix', CAST(%(suffix)s AS text))) AS path
), found AS (
    SELECT h.id, CAST(NULL AS text) AS before
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers h
      ON h.street_id = n.id AND numbering.sort_key(h.alley_path, h.number, h.suffix) = asked.key
    UNION ALL
    SELECT h.id, n.name
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers h ON h.old_numbers <> '[]' AND h.street_id = n.id
         AND h.old_numbers @> jsonb_build_array(jsonb_build_object('path', asked.path))
    WHERE EXISTS (SELECT FROM jsonb_array_elements(h.old_numbers) o (one)
                  WHERE o.one -> 'path' = asked.path AND o.one ->> 'street_id' IS NULL)
    UNION ALL
    SELECT h.id, n.name
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers h ON h.old_numbers <> '[]'
         AND h.old_numbers @> jsonb_build_array(jsonb_build_object('path', asked.path, 'street_id', n.id))
    WHERE EXISTS (SELECT FROM jsonb_array_elements(h.old_numbers) o (one)
                  WHERE o.one -> 'path' = asked.path AND o.one -> 'street_id' = to_jsonb(n.id))
    UNION ALL
    SELECT b.id, n.name
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers_history b
      ON b.street_id = n.id AND numbering.sort_key(b.alley_path, b.number, b.suffix) = asked.key
    WHERE upper_inf(b.recorded_period) AND b.state <> 'planned'
)
SELECT h.id, coalesce(h.address, concat_ws(' ', numbering.painted(h.alley_path, h.number, h.suffix), s.name)) AS title,
       concat_ws(', ', CASE WHEN f.before IS NOT NULL THEN 'Số cũ: ' || q.painted || ' ' || f.before
                            WHEN h.state = 'issued' THEN 'Số nhà' WHEN h.state = 'retired' THEN 'Số nhà cũ'
                            ELSE 'Số nhà dự kiến' END, u.today) AS subtitle,
       concat_ws(', ', CASE WHEN f.before IS NOT NULL THEN 'Before: ' || q.painted || ' ' || f.before
                            WHEN h.state = 'issued' THEN 'House number' WHEN h.state = 'retired' THEN 'Old house number'
                            ELSE 'Planned house number' END, u.today) AS subtitle_en,
       CASE WHEN f.before IS NOT NULL THEN 1.6 WHEN h.state = 'issued' THEN 1.9 WHEN h.state = 'retired' THEN 1.5
            ELSE 1.7 END AS rank,
       ST_AsGeoJSON(ST_Transform(h.geom, 4326), 6)::json AS point, NULL::double precision[] AS bbox
FROM (SELECT DISTINCT ON (id) id, before FROM found ORDER BY id, before NULLS FIRST) f
JOIN layer.house_numbers h ON h.id = f.id
LEFT JOIN layer.streets s ON s.id = h.street_id
CROSS JOIN LATERAL (SELECT numbering.painted(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer),
                                             CAST(%(suffix)s AS text)) AS painted) q
CROSS JOIN LATERAL (
    SELECT (SELECT a.full_name FROM layer.admin_units a
            WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, h.geom)
            ORDER BY a.code LIMIT 1) AS today) u
WHERE %(unit)s = '' OR EXISTS (
      SELECT FROM layer.units_named(%(unit)s) u JOIN layer.admin_units a USING (code, generation)
      WHERE u.depth = 0 AND ST_Intersects(a.geom, h.geom))
ORDER BY rank DESC, h.id LIMIT %(limit)s;

-- Houses whose parcel changes, or whose gate lies on ground that does; what is retired concerns nobody.
-- name: impact
SELECT h.id, 'Số nhà ' || coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix)) AS title,
       'House number ' || coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix)) AS title_en,
       'Cổng nằm trên phần đất có thay đổi' AS note, 'Its gate stands on ground that changes' AS note_en
FROM layer.house_numbers h
WHERE h.state IN ('reserved', 'issued')
  AND EXISTS (SELECT FROM touched t WHERE t.geom && ST_Expand(h.geom, 0.5) AND ST_DWithin(t.geom, h.geom, 0.5))
