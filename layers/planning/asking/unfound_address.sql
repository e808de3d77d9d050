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
