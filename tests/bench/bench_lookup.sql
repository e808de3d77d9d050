-- Any, but the same ones in every run over the same city; only those that can be asked for in each way.
-- name: parcels
SELECT p.id, p.sheet_no, p.parcel_no, p.unit_code, p.identifier, ST_X(inside.point) AS lon, ST_Y(inside.point) AS lat
FROM layer.parcels p
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS point) inside
WHERE p.identifier IS NOT NULL AND p.sheet_no <> '' AND p.parcel_no <> ''
ORDER BY hashint8extended(p.id, 22), p.id LIMIT %(wanted)s;

-- Of a city that is only measured: an answer that is kept already costs less than one that is new.
-- name: forget
SET LOCAL session_replication_role = replica;
TRUNCATE planning.answer CASCADE;
