-- What shares with the ground, and how much; a neighbour that only touches it, or lies over it by what two maps
-- differ by, is left out.
-- name: on_ground
SELECT p.id, s.area_m2
FROM (SELECT ST_GeomFromWKB(%(wkb)s, %(srid)s) AS geom) g
JOIN layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
  ON p.geom && g.geom AND ST_Intersects(p.geom, g.geom)
CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(p.geom, g.geom)) AS area_m2 OFFSET 0) s
WHERE s.area_m2 > least(CAST(%(tolerance)s AS double precision), ST_Area(p.geom) / 2)
ORDER BY p.id LIMIT %(most)s;
