-- Current numbers near a place: those of the lot it lies in first, then by distance from the gate.
-- name: nearest
WITH asked AS MATERIALIZED (
    SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()) AS place
), lot AS MATERIALIZED (
    SELECT p.id FROM asked JOIN layer.parcels p ON p.geom && asked.place AND ST_Intersects(p.geom, asked.place)
), found AS (
    SELECT h.*, ST_Distance(h.geom, asked.place) AS away_m, h.parcel_id IN (SELECT id FROM lot) AS here
    FROM asked CROSS JOIN LATERAL (
        SELECT * FROM layer.house_numbers h
        WHERE h.geom && ST_Expand(asked.place, %(within_m)s) AND h.state IN ('reserved', 'issued')
        ORDER BY h.geom <-> asked.place LIMIT 20) h
)
SELECT f.id, f.street_id, s.name AS street, f.address, f.state, f.parcel_id, f.unit_code, f.away_m, coalesce(f.here, false) AS here,
       numbering.painted(f.alley_path, f.number, f.suffix) AS painted, ST_X(w.place) AS lon, ST_Y(w.place) AS lat,
       (SELECT a.full_name FROM layer.admin_units a
        WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, f.geom)
        ORDER BY a.code LIMIT 1) AS units
FROM found f LEFT JOIN layer.streets s ON s.id = f.street_id
CROSS JOIN LATERAL (SELECT ST_Transform(f.geom, 4326) AS place) w
WHERE f.away_m <= %(within_m)s OR f.here
ORDER BY coalesce(f.here, false) DESC, f.away_m, f.id LIMIT %(most)s;
