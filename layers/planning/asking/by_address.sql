-- Addresses that begin as they would have to: from each beginning up to the greatest text that has it. What is
-- found is compared as a path after that. Each beginning is looked up by itself, in the order of the index: joined at
-- once, and sorted by id, they would be held against every parcel of the city.
-- name: beginning
SELECT p.id, p.address, p.sheet_no, p.parcel_no, p.unit_code
FROM unnest(CAST(%(beginnings)s AS text[])) AS b (beginning)
CROSS JOIN LATERAL (
    SELECT p.id, p.address, p.sheet_no, p.parcel_no, p.unit_code FROM layer.parcels p
    WHERE core.fold(p.address) ~>=~ b.beginning AND core.fold(p.address) ~<~ (b.beginning || chr(1114111))
    ORDER BY core.fold(p.address) USING ~<~ LIMIT %(most)s
) p
ORDER BY p.id LIMIT %(most)s;

-- name: beginning_at
SELECT p.id, p.address, p.sheet_no, p.parcel_no, p.unit_code
FROM unnest(CAST(%(beginnings)s AS text[])) AS b (beginning)
CROSS JOIN LATERAL (
    SELECT p.id, p.address, p.sheet_no, p.parcel_no, p.unit_code
    FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
    WHERE core.fold(p.address) ~>=~ b.beginning AND core.fold(p.address) ~<~ (b.beginning || chr(1114111))
    LIMIT %(most)s
) p
ORDER BY p.id LIMIT %(most)s;

-- Those of some parcels that lie in a unit, or are filed under its codes.
-- name: in_unit
SELECT p.id FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
  AND (p.unit_code = ANY (CAST(%(codes)s AS text[]))
       OR EXISTS (SELECT FROM layer.admin_units a
                  WHERE a.code || '@' || a.generation = ANY (CAST(%(named)s AS text[]))
                    AND ST_Intersects(a.geom, ST_PointOnSurface(p.geom))));
