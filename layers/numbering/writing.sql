-- One officer after the other on one street: the next sees what the one before has given.
-- name: turn
SELECT pg_advisory_xact_lock(hashtextextended('numbering.street', %(street)s));

-- name: write
SELECT numbering.write_number(CAST(%(change)s AS jsonb)) AS id;

-- name: house
SELECT h.id, h.street_id, h.alley_path, h.number, h.suffix, h.side, h.state, h.address, h.parcel_id, h.unit_code, h.document,
       h.issued_on, h.valid_from, numbering.painted(h.alley_path, h.number, h.suffix) AS painted,
       ST_X(w.place) AS lon, ST_Y(w.place) AS lat,
       (SELECT a.code FROM layer.admin_units a
        WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, h.geom)
        ORDER BY a.code LIMIT 1) AS unit_today
FROM layer.house_numbers h CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
WHERE h.id = %(house)s;

-- name: held_by
SELECT h.id, h.address, h.state, h.parcel_id FROM layer.house_numbers h
WHERE h.street_id = %(street)s AND h.state IN ('reserved', 'issued')
  AND numbering.sort_key(h.alley_path, h.number, h.suffix)
      = numbering.sort_key(CAST(%(alleys)s AS jsonb), CAST(%(number)s AS integer), CAST(%(suffix)s AS text));

-- name: unit_at
SELECT a.code FROM layer.admin_units a
WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
  AND ST_Intersects(a.geom, ST_SetSRID(CAST(%(place)s AS geometry), core.working_srid())) ORDER BY a.code LIMIT 1;

-- name: release
SELECT numbering.release_number(%(house)s);
