-- Houses of a path on streets of a name: what stands now, what a register says it was before, and what the history of
-- the layer believes of former days. `inside` is null where no unit was asked for or none is called so.
-- name: houses
WITH named AS MATERIALIZED (
    SELECT s.id, s.name FROM layer.streets s
    WHERE core.fold(s.name) = ANY (CAST(%(streets)s AS text[])) ORDER BY s.id LIMIT 50
), asked AS MATERIALIZED (
    SELECT numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text)) AS key
), found AS (
    SELECT h.id, n.name AS street, CASE h.state WHEN 'retired' THEN 'retired' ELSE 'current' END AS how,
           CAST(NULL AS date) AS until
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers h
      ON h.street_id = n.id AND numbering.sort_key(h.alley_path, h.number, h.suffix) = asked.key
    UNION ALL
    SELECT h.id, n.name, 'old_number', CAST(o.one ->> 'until' AS date)
    FROM layer.house_numbers h
    CROSS JOIN LATERAL jsonb_array_elements(h.old_numbers) o (one)
    JOIN named n ON n.id = coalesce(CAST(o.one ->> 'street_id' AS bigint), h.street_id)
    WHERE h.old_numbers <> '[]' AND h.old_numbers @> jsonb_build_array(jsonb_build_object('path', CAST(%(path)s AS jsonb)))
      AND o.one -> 'path' = CAST(%(path)s AS jsonb)
    UNION ALL
    SELECT b.id, n.name, 'old_number', upper(b.valid_period)
    FROM asked CROSS JOIN named n
    JOIN layer.house_numbers_history b
      ON b.street_id = n.id AND numbering.sort_key(b.alley_path, b.number, b.suffix) = asked.key
    WHERE upper_inf(b.recorded_period) AND b.state <> 'planned' AND EXISTS (
        SELECT FROM layer.house_numbers h
        WHERE h.id = b.id AND (h.street_id, numbering.sort_key(h.alley_path, h.number, h.suffix)) <> (b.street_id, asked.key))
), units AS MATERIALIZED (
    SELECT a.geom FROM layer.units_named(%(unit)s) u JOIN layer.admin_units a USING (code, generation)
    WHERE u.depth = 0 AND %(unit)s <> ''
)
SELECT f.id, f.street, f.how, f.until, h.address, h.state, h.parcel_id, h.unit_code, h.street_id,
       numbering.painted(h.alley_path, h.number, h.suffix) AS painted, ST_X(w.place) AS lon, ST_Y(w.place) AS lat,
       CASE WHEN EXISTS (SELECT FROM units)
            THEN EXISTS (SELECT FROM units WHERE ST_Intersects(units.geom, h.geom)) END AS inside
FROM (SELECT DISTINCT ON (id) * FROM found ORDER BY id, how, until DESC NULLS LAST) f
JOIN layer.house_numbers h ON h.id = f.id
CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
ORDER BY CASE f.how WHEN 'current' THEN 1 WHEN 'old_number' THEN 2 ELSE 3 END, f.id LIMIT %(most)s;

-- Streets of a name, or alike where none is called so. Alleys are found by their street.
-- name: streets
SELECT s.id, s.name, CAST(1 AS double precision) AS alike, ST_X(w.place) AS lon, ST_Y(w.place) AS lat,
       CASE WHEN %(unit)s = '' THEN NULL ELSE EXISTS (
           SELECT FROM layer.units_named(%(unit)s) u JOIN layer.admin_units a USING (code, generation)
           WHERE u.depth = 0 AND ST_Intersects(a.geom, s.geom)) END AS inside
FROM (SELECT * FROM layer.streets s WHERE core.fold(s.name) = ANY (CAST(%(streets)s AS text[]))
      ORDER BY s.id LIMIT %(most)s) s
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(s.geom), 4326) AS place) w
ORDER BY s.id;

-- name: alike
SELECT s.id, s.name, CAST(s.alike AS double precision) AS alike, core.fold(s.name) AS folded, ST_X(w.place) AS lon,
       ST_Y(w.place) AS lat, CAST(NULL AS boolean) AS inside
FROM (SELECT n.*, similarity(core.fold(n.name), %(folded)s) AS alike
      FROM (SELECT * FROM layer.streets s WHERE s.kind <> 'hem' AND s.name IS NOT NULL
            ORDER BY core.fold(s.name) <-> %(folded)s LIMIT %(most)s) n) s
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(s.geom), 4326) AS place) w
WHERE s.alike >= 0.45 ORDER BY s.alike DESC, s.id;

-- The houses whose own numbers are nearest on the same street or alley, before and behind.
-- name: near_number
SELECT n.id, n.street, 'nearest_number' AS how, CAST(NULL AS date) AS until, n.address, n.state, n.parcel_id, n.unit_code,
       n.street_id, numbering.painted(n.alley_path, n.number, n.suffix) AS painted, ST_X(w.place) AS lon, ST_Y(w.place) AS lat,
       CAST(NULL AS boolean) AS inside
FROM (
    (SELECT h.*, s.name AS street FROM layer.house_numbers h JOIN layer.streets s ON s.id = h.street_id
     WHERE h.street_id = %(street)s AND h.alley_path = CAST(%(alleys)s AS jsonb) AND h.state IN ('reserved', 'issued')
       AND numbering.sort_key(h.alley_path, h.number, h.suffix)
           < numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text))
     ORDER BY numbering.sort_key(h.alley_path, h.number, h.suffix) DESC LIMIT 2)
    UNION ALL
    (SELECT h.*, s.name AS street FROM layer.house_numbers h JOIN layer.streets s ON s.id = h.street_id
     WHERE h.street_id = %(street)s AND h.alley_path = CAST(%(alleys)s AS jsonb) AND h.state IN ('reserved', 'issued')
       AND numbering.sort_key(h.alley_path, h.number, h.suffix)
           > numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text))
     ORDER BY numbering.sort_key(h.alley_path, h.number, h.suffix) LIMIT 2)
) n
CROSS JOIN LATERAL (SELECT ST_Transform(n.geom, 4326) AS place) w
ORDER BY abs(n.number - CAST(%(number)s AS integer)), n.id LIMIT 3;
