-- name: page
SELECT s.*, u.full_name AS unit, p.sheet_no AS sheet, p.parcel_no AS parcel, c.code AS paper,
       coalesce(d.synthetic, false) OR m.made_up AS synthetic,
       round(CAST(ST_X(w.place) AS numeric), 6)::double precision AS lon, round(CAST(ST_Y(w.place) AS numeric), 6)::double precision AS lat
FROM (
    SELECT b.id, b.permit_no, b.kind, b.use, b.floors, b.height_m, b.footprint_m2, b.floor_area_m2, b.issued_on, b.start_by,
           b.started_on, b.extended, b.valid_until, b.parcel_id, b.unit_code, b.address,
           CASE WHEN b.state = 'revoked' OR permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(today)s)
                THEN b.state ELSE 'expired' END AS state
    FROM layer.building_permits b
    WHERE (CAST(%(unit)s AS text) IS NULL OR b.unit_code = CAST(%(unit)s AS text))
      AND (CAST(%(first)s AS date) IS NULL OR b.issued_on >= CAST(%(first)s AS date))
      AND (CAST(%(last)s AS date) IS NULL OR b.issued_on <= CAST(%(last)s AS date))
      AND (CAST(%(folded)s AS text) IS NULL OR core.fold(b.permit_no) LIKE '%%' || CAST(%(folded)s AS text) || '%%'
           OR core.fold(b.address) LIKE '%%' || CAST(%(folded)s AS text) || '%%')
      AND (CAST(%(state)s AS text) IS NULL OR CASE CAST(%(state)s AS text)
           WHEN 'revoked' THEN b.state = 'revoked'
           WHEN 'expired' THEN b.state <> 'revoked'
               AND NOT permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(today)s)
           ELSE b.state = CAST(%(state)s AS text)
               AND permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(today)s) END)
      AND (b.issued_on, b.id) < (CAST(%(after_on)s AS date), CAST(%(after_id)s AS bigint))
    ORDER BY b.issued_on DESC, b.id DESC LIMIT %(limit)s
) s
JOIN layer.building_permits b ON b.id = s.id
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(b.geom) AS inside OFFSET 0) i
CROSS JOIN LATERAL (SELECT ST_Transform(i.inside, 4326) AS place) w
LEFT JOIN core.delivery d ON d.id = b.delivery_id
LEFT JOIN layer.parcels p ON p.id = s.parcel_id
LEFT JOIN permits.paper c ON c.permit_id = s.id AND c.ended_at IS NULL
-- A permit issued by a case came by no delivery: its papers say whether it is made up.
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM permits.paper k CROSS JOIN LATERAL permits.paper_of(k.code) o
    WHERE k.permit_id = s.id AND CAST(o.content ->> 'synthetic' AS boolean)) AS made_up) m
LEFT JOIN LATERAL (SELECT a.full_name FROM layer.admin_units a
                   WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
                     AND ST_Intersects(a.geom, i.inside) ORDER BY a.code LIMIT 1) u ON true
ORDER BY s.issued_on DESC, s.id DESC;

-- The ground that is asked about, with the function that the most detailed plan means there.
-- name: place
SELECT ST_AsBinary(g.geom) AS ground, z.function_code, z.function_name
FROM (SELECT p.geom FROM layer.parcels p WHERE p.id = CAST(%(parcel)s AS bigint)
      UNION ALL
      SELECT ST_Transform(ST_SetSRID(ST_MakePoint(CAST(%(lon)s AS double precision), CAST(%(lat)s AS double precision)), 4326),
                          core.working_srid())
      WHERE CAST(%(parcel)s AS bigint) IS NULL) g
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(g.geom) AS inside OFFSET 0) i
LEFT JOIN LATERAL (
    SELECT z.function_code, z.function_name FROM layer.zoning z
    WHERE z.theme = 'land_function' AND z.geom && i.inside AND ST_Intersects(z.geom, i.inside)
    ORDER BY array_position(CAST(%(levels)s AS text[]), z.plan_level), z.id LIMIT 1
) z ON true;

-- name: precedents
SELECT b.id, b.permit_no, b.kind, b.use, b.floors, b.height_m, b.footprint_m2, b.floor_area_m2, b.density_percent, b.far,
       b.issued_on, b.start_by, b.started_on, b.valid_until, b.parcel_id, b.unit_code, b.address, b.state, c.code AS paper,
       coalesce(d.synthetic, false) OR m.made_up AS synthetic, round(CAST(a.away_m AS numeric), 1)::double precision AS away_m,
       ST_AsGeoJSON(ST_Transform(b.geom, 4326), 8)::json AS geometry
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(ground)s), core.working_srid()) AS geom) g
JOIN layer.building_permits b ON b.geom && ST_Expand(g.geom, %(near)s) AND ST_DWithin(b.geom, g.geom, %(near)s)
CROSS JOIN LATERAL (SELECT ST_Distance(b.geom, g.geom) AS away_m) a
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(b.geom) AS inside OFFSET 0) i
JOIN LATERAL (
    SELECT z.function_code FROM layer.zoning z
    WHERE z.theme = 'land_function' AND z.geom && i.inside AND ST_Intersects(z.geom, i.inside)
    ORDER BY array_position(CAST(%(levels)s AS text[]), z.plan_level), z.id LIMIT 1
) z ON z.function_code = %(function)s
LEFT JOIN core.delivery d ON d.id = b.delivery_id
LEFT JOIN permits.paper c ON c.permit_id = b.id AND c.ended_at IS NULL
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM permits.paper k CROSS JOIN LATERAL permits.paper_of(k.code) o
    WHERE k.permit_id = b.id AND CAST(o.content ->> 'synthetic' AS boolean)) AS made_up) m
WHERE permits.in_force(b.state, b.start_by, b.started_on, b.valid_until, %(today)s)
ORDER BY a.away_m, b.issued_on DESC, b.id LIMIT %(limit)s;
