-- name: street
SELECT s.id, s.name, s.kind, s.width_m FROM layer.streets s WHERE s.id = %(street)s;

-- Each axis from the end where its numbers begin, the street itself first, an alley behind the one it opens into.
-- name: axes
SELECT a.id, a.line_id, a.alley_path, a.basis, a.document, a.stated_at,
       CAST(round(CAST(ST_Length(a.geom) AS numeric), 1) AS double precision) AS length_m,
       CAST(ST_AsGeoJSON(ST_Transform(a.geom, 4326), 7) AS json) AS geometry
FROM numbering.axis a WHERE a.street_id = %(street)s
ORDER BY jsonb_array_length(a.alley_path), numbering.sort_key(a.alley_path, 0, ''), a.id LIMIT %(most)s;

-- name: houses
SELECT h.id, numbering.painted(h.alley_path, h.number, h.suffix) AS number, h.state,
       CAST(ST_AsGeoJSON(ST_Transform(h.geom, 4326), 7) AS json) AS geometry
FROM layer.house_numbers h
WHERE h.street_id = %(street)s AND h.state IN ('planned', 'reserved', 'issued')
ORDER BY numbering.sort_key(h.alley_path, h.number, h.suffix), h.id LIMIT %(most)s;

-- Lines that open into the street or an alley of it, and from which nobody has said yet how they are numbered.
-- name: without_direction
SELECT s.id, s.name, s.kind, CAST(ST_AsGeoJSON(ST_Transform(s.geom, 4326), 7) AS json) AS geometry
FROM layer.streets s
WHERE NOT EXISTS (SELECT FROM numbering.axis a WHERE a.line_id = s.id)
  AND (s.id = %(street)s
       OR EXISTS (SELECT FROM layer.streets o WHERE o.id = %(street)s AND ST_DWithin(o.geom, s.geom, %(within_m)s))
       OR EXISTS (SELECT FROM numbering.axis a WHERE a.street_id = %(street)s AND ST_DWithin(a.geom, s.geom, %(within_m)s)))
ORDER BY s.id <> %(street)s, s.id LIMIT %(most)s;
