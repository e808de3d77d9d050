-- Streets of a name, with the units of today they run through.
-- name: streets
SELECT s.id, s.name, layer.units_today(s.geom) AS units FROM layer.streets s
WHERE core.fold(s.name) = ANY (CAST(%(names)s AS text[])) ORDER BY s.name, s.id LIMIT 20;

-- Parcels along streets that have an address, those nearest to the centre line first.
-- name: along
SELECT p.id AS parcel_id, p.address, p.sheet_no AS sheet, p.parcel_no AS parcel, p.unit_code,
       ST_AsGeoJSON(ST_Transform(ST_PointOnSurface(p.geom), 4326), 6)::json AS point
FROM layer.parcels p
JOIN layer.streets s ON s.id = ANY (CAST(%(streets)s AS bigint[])) AND p.geom && ST_Expand(s.geom, %(within_m)s)
                    AND ST_DWithin(p.geom, s.geom, %(within_m)s)
WHERE p.address IS NOT NULL
GROUP BY p.id ORDER BY min(ST_Distance(p.geom, s.geom)), p.id LIMIT %(most)s;

-- Houses of the register on streets that have a lot, those with the numbers nearest to the one asked for.
-- name: registered
SELECT p.id AS parcel_id, concat_ws(' ', h.painted, s.name) AS address, p.sheet_no AS sheet, p.parcel_no AS parcel,
       p.unit_code, ST_AsGeoJSON(ST_Transform(h.geom, 4326), 6)::json AS point
FROM (SELECT n.*, numbering.painted(n.alley_path, n.number, n.suffix) AS painted FROM layer.house_numbers n
      WHERE n.street_id = ANY (CAST(%(streets)s AS bigint[])) AND n.state IN ('reserved', 'issued')) h
JOIN layer.streets s ON s.id = h.street_id
JOIN layer.parcels p ON p.id = h.parcel_id
ORDER BY abs(CAST(substring(h.painted FROM '^[0-9]+') AS numeric) - %(number)s), h.painted = %(painted)s DESC, h.id
LIMIT %(most)s;
