-- One after the other, in all of the city: a ground may reach over a ward's border.
-- name: turn
SELECT pg_advisory_xact_lock(hashtextextended('permits.ground', 0));

-- name: one
SELECT b.id, b.permit_no, b.kind, b.use, b.state, b.issued_on, b.start_by, b.started_on, b.extended, b.valid_until,
       b.parcel_id, b.unit_code, b.footprint_m2, b.floors, b.floor_area_m2, ST_AsBinary(b.geom) AS wkb,
       permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(on)s) AS in_force
FROM layer.building_permits b WHERE b.id = %(permit)s;

-- name: named
SELECT b.id, b.permit_no, b.kind, b.use, b.state, b.issued_on, b.start_by, b.started_on, b.extended, b.valid_until,
       b.parcel_id, b.unit_code, ST_AsBinary(b.geom) AS wkb,
       permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(on)s) AS in_force
FROM layer.parcels p JOIN layer.building_permits b
    ON b.parcel_id = p.id OR (b.geom && p.geom AND ST_Area(ST_Intersection(b.geom, p.geom)) > %(tolerance)s)
WHERE p.id = %(parcel)s AND permits.number_key(b.permit_no) = permits.number_key(%(number)s)
ORDER BY b.issued_on DESC, b.id DESC;

-- name: overlapping
SELECT b.id, b.permit_no, b.issued_on, round(CAST(s.area_m2 AS numeric), 2)::double precision AS area_m2
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(ground)s), core.working_srid()) AS geom) g
JOIN layer.building_permits b ON b.geom && g.geom AND ST_Intersects(b.geom, g.geom)
CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(b.geom, g.geom)) AS area_m2) s
WHERE s.area_m2 > %(tolerance)s AND b.id IS DISTINCT FROM CAST(%(but)s AS bigint)
  AND permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(on)s)
ORDER BY s.area_m2 DESC, b.id;

-- name: write
SELECT permits.write_permit(CAST(%(change)s AS jsonb),
                            ST_SetSRID(ST_GeomFromWKB(CAST(%(ground)s AS bytea)), core.working_srid())) AS id;
