-- name: by_point_at
SELECT p.id FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
WHERE p.geom && ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid())
  AND ST_Intersects(p.geom, ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()))
ORDER BY p.id;
