-- Houses of a path on streets of a name, for many questions at once: by the number of any day, as believed at a moment,
-- and by the old numbers that the register holds. Each question looks up its own: joined at once, the planner takes a
-- few questions for a reason to read all of the register.
-- name: registered
WITH asked AS MATERIALIZED (
    SELECT a.key, a.path, a.streets, numbering.sort_key(a.path - (-1), CAST(a.path -> -1 ->> 'number' AS integer),
                                                       a.path -> -1 ->> 'suffix') AS sort_key
    FROM (SELECT u.key, CAST(u.path AS jsonb) AS path, u.streets
          FROM unnest(CAST(%(keys)s AS integer[]), CAST(%(paths)s AS text[]), CAST(%(streets)s AS text[]))
               AS u (key, path, streets)) a
), named AS MATERIALIZED (
    SELECT DISTINCT a.key, a.path, a.sort_key, s.id AS street_id, s.name
    FROM asked a CROSS JOIN LATERAL string_to_table(a.streets, chr(10)) AS u (name)
    CROSS JOIN LATERAL (SELECT s.id, s.name FROM layer.streets s WHERE core.fold(s.name) = u.name LIMIT 50) s
), found AS MATERIALIZED (
    SELECT n.key, n.street_id, n.name AS street, h.id, h.state, h.valid_from AS since, CAST(NULL AS date) AS until,
           false AS said
    FROM named n CROSS JOIN LATERAL (
        SELECT h.id, h.state, h.valid_from FROM layer.house_numbers h
        WHERE h.street_id = n.street_id AND numbering.sort_key(h.alley_path, h.number, h.suffix) = n.sort_key
          AND h.recorded_from <= CAST(%(known_at)s AS timestamptz) LIMIT 20) h
    UNION ALL
    SELECT n.key, n.street_id, n.name, b.id, b.state, lower(b.valid_period), upper(b.valid_period), false
    FROM named n CROSS JOIN LATERAL (
        SELECT b.id, b.state, b.valid_period FROM layer.house_numbers_history b
        WHERE b.street_id = n.street_id AND numbering.sort_key(b.alley_path, b.number, b.suffix) = n.sort_key
          AND b.recorded_period @> CAST(%(known_at)s AS timestamptz) LIMIT 50) b
    UNION ALL
    SELECT n.key, n.street_id, n.name, h.id, h.state, NULL, h.until, true
    FROM named n CROSS JOIN LATERAL (
        SELECT h.id, h.state, CAST(o.one ->> 'until' AS date) AS until
        FROM layer.house_numbers h CROSS JOIN LATERAL jsonb_array_elements(h.old_numbers) o (one)
        WHERE h.old_numbers <> '[]' AND h.street_id = n.street_id
          AND h.old_numbers @> jsonb_build_array(jsonb_build_object('path', n.path))
          AND o.one -> 'path' = n.path AND o.one ->> 'street_id' IS NULL
          AND h.recorded_from <= CAST(%(known_at)s AS timestamptz) LIMIT 20) h
    UNION ALL
    SELECT n.key, n.street_id, n.name, h.id, h.state, NULL, h.until, true
    FROM named n CROSS JOIN LATERAL (
        SELECT h.id, h.state, CAST(o.one ->> 'until' AS date) AS until
        FROM layer.house_numbers h CROSS JOIN LATERAL jsonb_array_elements(h.old_numbers) o (one)
        WHERE h.old_numbers <> '[]'
          AND h.old_numbers @> jsonb_build_array(jsonb_build_object('path', n.path, 'street_id', n.street_id))
          AND o.one -> 'path' = n.path AND o.one -> 'street_id' = to_jsonb(n.street_id)
          -- Without statistics of what is in them, a few of many seem best found by reading all: no limit here.
          AND h.recorded_from <= CAST(%(known_at)s AS timestamptz) OFFSET 0) h
), judged AS MATERIALIZED (
    SELECT f.*, n.id IS NOT NULL AS there, n.geom, n.parcel_id, n.state AS state_then,
           numbering.painted(n.alley_path, n.number, n.suffix) AS painted, n.street_id AS street_then,
           CASE WHEN f.said THEN 'old_number'
                WHEN f.since > CAST(%(as_of)s AS date) THEN 'later'
                WHEN f.until <= CAST(%(as_of)s AS date) THEN 'former'
                WHEN f.state = 'retired' THEN 'retired'
                WHEN f.state IN ('planned', 'reserved') THEN f.state
                ELSE 'in_force' END AS how
    FROM found f LEFT JOIN LATERAL (
        SELECT h.id, h.geom, h.parcel_id, h.state, h.alley_path, h.number, h.suffix, h.street_id
        FROM layer.house_numbers_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) h
        WHERE h.id = f.id LIMIT 1) n ON true
    -- What was only ever planned or kept free was nobody's number once that had ended.
    WHERE f.state NOT IN ('planned', 'reserved') OR f.until IS NULL
          OR (f.state = 'reserved' AND f.until > CAST(%(as_of)s AS date))
), best AS MATERIALIZED (
    SELECT DISTINCT ON (j.key, j.id) j.*
    FROM judged j
    ORDER BY j.key, j.id, array_position(ARRAY['in_force', 'reserved', 'retired', 'planned', 'former', 'old_number', 'later'], j.how),
             j.until DESC NULLS LAST, j.street_id
), placed AS MATERIALIZED (
    -- A house that was not on the register yet lies where it is now.
    SELECT b.key, b.id, b.how, b.since AS on, b.until, b.street, b.street_id, b.there, b.painted, b.street_then,
           b.state_then, coalesce(b.geom, c.geom) AS geom, CASE WHEN b.there THEN b.parcel_id ELSE c.parcel_id END AS parcel_id
    FROM best b LEFT JOIN layer.house_numbers c ON c.id = b.id
    WHERE coalesce(b.geom, c.geom) IS NOT NULL
)
SELECT p.key, p.id, p.how, p.on, p.until, p.street, p.street_id,
       CASE WHEN p.there AND p.state_then IN ('reserved', 'issued')
            THEN concat_ws(' ', p.painted, (SELECT s.name FROM layer.streets s WHERE s.id = p.street_then)) END AS now,
       p.parcel_id,
       o.id IS NOT NULL AS held,
       CASE WHEN p.parcel_id IS NULL THEN ARRAY(
           SELECT l.id
           FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) l
           WHERE l.geom && ST_Expand(p.geom, 3) AND ST_DWithin(l.geom, p.geom, 3)
           -- On the line between two lots it is the gate of either.
           ORDER BY ST_Distance(l.geom, p.geom) FETCH FIRST 1 ROW WITH TIES) ELSE '{}' END AS at_gate,
       ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM placed p CROSS JOIN LATERAL (SELECT ST_Transform(p.geom, 4326) AS place) w
LEFT JOIN LATERAL (
    SELECT l.id FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) l
    WHERE l.id = p.parcel_id LIMIT 1) o ON true
ORDER BY p.key, array_position(ARRAY['in_force', 'reserved', 'retired', 'former', 'old_number', 'later', 'planned'], p.how), p.id;

-- What the register says of parcels on a day, and whether each lies along a street.
-- name: standing
SELECT u.key, p.id, p.sheet_no, p.parcel_no,
       EXISTS (SELECT FROM layer.streets s
               WHERE s.id = ANY (CAST(string_to_array(u.streets, ' ') AS bigint[]))
                 AND ST_DWithin(s.geom, p.geom, %(along_m)s)) AS along,
       (SELECT concat_ws(' ', numbering.painted(h.alley_path, h.number, h.suffix), s.name)
        FROM layer.house_numbers_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) h
        LEFT JOIN layer.streets s ON s.id = h.street_id
        WHERE h.parcel_id = p.id AND h.state IN ('reserved', 'issued') ORDER BY h.id LIMIT 1) AS number
FROM unnest(CAST(%(keys)s AS integer[]), CAST(%(ids)s AS bigint[]), CAST(%(streets)s AS text[])) AS u (key, id, streets)
CROSS JOIN LATERAL (
    SELECT p.id, p.sheet_no, p.parcel_no, p.geom
    FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p WHERE p.id = u.id LIMIT 1) p
ORDER BY u.key, p.id;
