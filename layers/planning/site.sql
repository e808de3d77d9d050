-- name: outline
SELECT round(CAST(ST_Area(u.geom) AS numeric), 2)::double precision AS area_m2,
       ST_AsGeoJSON(ST_Transform(u.geom, 4326), 8)::json AS geometry
FROM (SELECT ST_Union(p.geom) AS geom
      FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
      WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))) u;

-- name: shared
SELECT p.id AS parcel_id, round(CAST(s.area_m2 AS numeric), 2)::double precision AS area_m2,
       round(CAST(s.area_m2 / ST_Area(p.geom) AS numeric), 6)::double precision AS share_of_parcel,
       round(CAST(s.area_m2 / ST_Area(g.geom) AS numeric), 6)::double precision AS share_of_ground
FROM (SELECT ST_GeomFromWKB(%(wkb)s, %(srid)s) AS geom) g
CROSS JOIN layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(p.geom, g.geom)) AS area_m2 OFFSET 0) s
WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
ORDER BY s.area_m2 DESC, p.id;

-- name: drawn
SELECT ST_AsGeoJSON(ST_Transform(ST_GeomFromWKB(%(wkb)s, %(srid)s), 4326), 8)::json AS geometry;
