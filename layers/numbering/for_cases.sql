-- The street of a name that comes nearest to a lot. An alley without a name is no street of an address.
-- name: street_near
SELECT s.id FROM layer.streets s, layer.parcels p
WHERE p.id = %(parcel)s AND s.geom && ST_Expand(p.geom, 500) AND core.fold(s.name) = core.fold(%(name)s)
ORDER BY ST_Distance(s.geom, p.geom), s.id LIMIT 1;

-- Another open application that keeps the number. The street's turn is ours: none comes in between.
-- name: kept_by_another
SELECT c.code FROM casework.case_file c
WHERE c.closed_at IS NULL AND c.id <> %(case)s AND c.subject_layer = 'parcels' AND c.subject_id = %(parcel)s
  AND CAST(c.outcome ->> 'house_number' AS bigint) = %(house)s
LIMIT 1;
