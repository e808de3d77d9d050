-- The street of a name that comes nearest to a lot. An alley without a name is no street of an address.
-- name: street_near
SELECT s.id FROM layer.streets s, layer.parcels p
WHERE p.id = %(parcel)s AND s.geom && ST_Expand(p.geom, 500) AND core.fold(s.name) = core.fold(%(name)s)
ORDER BY ST_Distance(s.geom, p.geom), s.id LIMIT 1;
