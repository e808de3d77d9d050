-- Streets whose names begin so, the shortest first: what is typed is more likely all of it.
-- name: streets
SELECT s.id, s.name, ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM (SELECT DISTINCT s.id, s.name, s.geom
      FROM unnest(CAST(%(beginnings)s AS text[])) AS b (beginning)
      JOIN layer.streets s
        ON core.fold(s.name) ~>=~ b.beginning AND core.fold(s.name) ~<~ (b.beginning || chr(1114111))
      WHERE s.kind <> 'hem' OR %(alleys)s) s
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(s.geom), 4326) AS place) w
ORDER BY length(s.name), s.name, s.id LIMIT %(most)s;

-- Current houses of a street whose numbers begin so: 12 gives 12, 12A and 12/5, as a range of keys.
-- name: houses
SELECT h.id, h.street_id, coalesce(h.address, numbering.painted(h.alley_path, h.number, h.suffix) || ' ' || s.name) AS address,
       ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM unnest(CAST(%(streets)s AS bigint[])) WITH ORDINALITY AS u (street, place_no)
JOIN layer.streets s ON s.id = u.street
CROSS JOIN LATERAL (
    SELECT * FROM layer.house_numbers h
    WHERE h.street_id = u.street AND h.state IN ('reserved', 'issued')
      AND numbering.sort_key(h.alley_path, h.number, h.suffix) >= CAST(%(low)s AS integer[])
      AND numbering.sort_key(h.alley_path, h.number, h.suffix) < CAST(%(high)s AS integer[])
    ORDER BY numbering.sort_key(h.alley_path, h.number, h.suffix) LIMIT %(most)s) h
CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
ORDER BY u.place_no, numbering.sort_key(h.alley_path, h.number, h.suffix), h.id LIMIT %(most)s;
