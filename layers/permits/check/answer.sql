-- Parcels that share a piece of border with the lot; maps may lie so far apart.
-- name: neighbours
SELECT n.id, n.sheet_no, n.parcel_no, ST_AsBinary(n.geom) AS wkb
FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
JOIN layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) n
    ON n.id <> p.id AND n.geom && ST_Expand(p.geom, 0.2)
   AND ST_Length(ST_Intersection(ST_Boundary(n.geom), ST_Buffer(p.geom, 0.2))) > 0.5
WHERE p.id = %(id)s
ORDER BY n.sheet_no, n.parcel_no, n.id LIMIT 200;
