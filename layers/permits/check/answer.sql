-- Since when the platform has the parcels as they are now; one that is no more has no row.
-- name: seen
SELECT p.id, p.recorded_from FROM layer.parcels p WHERE p.id = ANY (CAST(%(ids)s AS bigint[]));

-- Lots that share a border with the lot, by how many metres, and lots that the building comes close to. Borders of two maps
-- may lie 0.2 m apart; where lots only meet in a corner, their borders run on so near to each other for twice as much.
-- name: neighbours
SELECT n.id, n.sheet_no, n.parcel_no, ST_AsBinary(n.geom) AS wkb,
       CASE WHEN shared.m > 0.5 THEN shared.m ELSE 0 END AS border_m
FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
CROSS JOIN (SELECT ST_GeomFromWKB(%(wkb)s, %(srid)s) AS geom) b
JOIN layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) n
    ON n.id <> p.id AND (n.geom && ST_Expand(p.geom, 0.2)
                         OR n.geom && ST_Expand(b.geom, CAST(%(close_m)s AS double precision)))
CROSS JOIN LATERAL (
    SELECT ST_Length(ST_Intersection(ST_Boundary(n.geom), ST_Buffer(p.geom, 0.2))) - 2 * 0.2 AS m OFFSET 0) shared
WHERE p.id = %(id)s AND (shared.m > 0.5 OR ST_DWithin(n.geom, b.geom, CAST(%(close_m)s AS double precision)))
ORDER BY n.sheet_no, n.parcel_no, n.id LIMIT 200;

-- Permits on the ground of the building, as they stood on the day: an adjusted one is in force as another is. Not by
-- building_permits_at, which reads all columns: the public has no right to the code of a case.
-- name: permits
SELECT b.id, b.permit_no, b.parcel_id, b.issued_on, ST_AsBinary(b.geom) AS wkb,
       CASE WHEN b.state = 'revoked' THEN 'revoked'
            WHEN permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, CAST(%(day)s AS date)) THEN 'valid'
            ELSE 'expired' END AS state
FROM (SELECT ST_GeomFromWKB(%(wkb)s, %(srid)s) AS geom) g
CROSS JOIN LATERAL (
    SELECT c.id, c.permit_no, c.parcel_id, c.issued_on, c.state, c.start_by, c.started_on, c.valid_until, c.geom
    FROM layer.building_permits c
    WHERE c.geom && g.geom AND c.valid_from <= CAST(%(as_of)s AS date)
      AND c.recorded_from <= CAST(%(known_at)s AS timestamptz)
    UNION ALL
    SELECT h.id, h.permit_no, h.parcel_id, h.issued_on, h.state, h.start_by, h.started_on, h.valid_until, h.geom
    FROM layer.building_permits_history h
    WHERE h.geom && g.geom AND h.valid_period @> CAST(%(as_of)s AS date)
      AND h.recorded_period @> CAST(%(known_at)s AS timestamptz)
) b WHERE ST_Intersects(b.geom, g.geom)
ORDER BY b.id LIMIT 200;

-- Numbers of the lot on the register: those registered for it, and those for no lot whose gate is its own. On the line
-- between two lots it is the gate of either.
-- name: house_numbers
SELECT h.id, h.state, numbering.painted(h.alley_path, h.number, h.suffix) AS painted, s.name AS street, h.document,
       h.issued_on
FROM (
    SELECT f.* FROM layer.house_numbers_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) f
    WHERE f.parcel_id = %(id)s
    UNION ALL
    SELECT f.* FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
    JOIN layer.house_numbers_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) f
        ON f.geom && ST_Expand(p.geom, 3) AND f.parcel_id IS NULL
    WHERE p.id = %(id)s AND p.id IN (
        SELECT l.id FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) l
        WHERE l.geom && ST_Expand(f.geom, 3) AND ST_DWithin(l.geom, f.geom, 3)
        ORDER BY ST_Distance(l.geom, f.geom) FETCH FIRST 1 ROW WITH TIES)
) h LEFT JOIN layer.streets s ON s.id = h.street_id
WHERE h.state IN ('issued', 'reserved', 'planned')
ORDER BY numbering.sort_key(h.alley_path, h.number, h.suffix), h.id LIMIT 20;
