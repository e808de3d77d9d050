-- What stands on the paper of a permit. The ward is that of today; lot and building are in metres of the working grid.
-- name: facts
SELECT b.id, b.permit_no, b.kind, b.use, b.floors, b.height_m, b.footprint_m2, b.floor_area_m2, b.density_percent, b.far,
       b.ground_level, b.issued_on, b.start_by, b.extended, b.valid_until, b.unit_code, b.address, b.document,
       u.full_name AS unit, p.sheet_no AS sheet, p.parcel_no AS parcel, core.working_srid() AS srid,
       CAST(round(CAST(ST_X(w.place) AS numeric), 6) AS double precision) AS lon,
       CAST(round(CAST(ST_Y(w.place) AS numeric), 6) AS double precision) AS lat,
       ST_AsGeoJSON(b.geom, 2, 0)::json AS footprint, ST_AsGeoJSON(p.geom, 2, 0)::json AS lot
FROM layer.building_permits b
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(b.geom) AS inside) i
CROSS JOIN LATERAL (SELECT ST_Transform(i.inside, 4326) AS place) w
LEFT JOIN layer.parcels p ON p.id = b.parcel_id
LEFT JOIN LATERAL (SELECT a.full_name FROM layer.admin_units a
                   WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
                     AND ST_Intersects(a.geom, i.inside) ORDER BY a.code LIMIT 1) u ON true
WHERE b.id = %(permit)s AND b.state IN ('valid', 'adjusted');

-- name: latest
SELECT o.content FROM permits.paper c CROSS JOIN LATERAL permits.paper_of(c.code) o
WHERE c.permit_id = %(permit)s ORDER BY o.made_at DESC, c.code LIMIT 1;

-- name: give
SELECT permits.give_paper(%(code)s, %(permit)s, CAST(%(content)s AS jsonb), %(signer)s, %(who)s) AS id;

-- name: of_code
SELECT o.code, o.content, o.sha256, o.made_at, o.ended_at, o.ended_why, o.start_by, o.started_on, o.valid_until,
       CASE WHEN o.ended_why = 'revoked' THEN 'revoked' WHEN o.ended_at IS NOT NULL THEN 'superseded'
            WHEN permits.in_force('valid', o.start_by, o.started_on, o.valid_until, %(on)s) THEN 'valid'
            ELSE 'expired' END AS state
FROM permits.paper_of(%(code)s) o;

-- name: signer
SELECT signer FROM permits.paper WHERE code = %(code)s;
