-- A parcel by its id, or what holds a place; the place alone where nothing does. `place` is the gate where one is given.
-- name: of_parcel
SELECT p.id AS parcel_id, ST_AsBinary(p.geom) AS lot, NULL::bytea AS place, p.address, p.sheet_no, p.parcel_no
FROM layer.parcels p WHERE p.id = %(parcel)s;

-- name: of_place
SELECT p.id AS parcel_id, ST_AsBinary(p.geom) AS lot, ST_AsBinary(g.place) AS place, p.address, p.sheet_no, p.parcel_no
FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()) AS place) g
LEFT JOIN layer.parcels p ON p.geom && g.place AND ST_Intersects(p.geom, g.place)
ORDER BY p.id LIMIT 1;

-- Streets and alleys around some ground, cut to the neighbourhood, with the axis of each where it has one.
-- name: ways
SELECT s.id, s.name, s.kind, s.width_m, s.planned_width_m, s.source_date, coalesce(d.synthetic, false) AS synthetic,
       ST_AsBinary(ST_ClipByBox2D(s.geom, ST_Expand(g.ground, 1.5 * CAST(%(reach)s AS double precision)))) AS line,
       a.id AS axis_id, a.street_id, a.alley_path, a.basis, named.name AS street_name
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(ground)s), core.working_srid()) AS ground) g
JOIN layer.streets s ON s.geom && ST_Expand(g.ground, %(reach)s) AND ST_DWithin(s.geom, g.ground, %(reach)s)
LEFT JOIN core.delivery d ON d.id = s.delivery_id
LEFT JOIN numbering.axis a ON a.line_id = s.id
LEFT JOIN layer.streets named ON named.id = a.street_id
ORDER BY s.id;

-- The gate: as it was given, else where the boundary of the lot is nearest to the middle of the lot's stretch of line.
-- `directed` is the axis, or the line that would become one. The unit is that of today.
-- name: gate
SELECT p.at_m, p.side, ST_X(w.place) AS lon, ST_Y(w.place) AS lat, g.gate, ST_Distance(g.gate, l.line) AS away_m,
       (SELECT a.code FROM layer.admin_units a
        WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, g.gate)
        ORDER BY a.code LIMIT 1) AS unit_code
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(directed)s), core.working_srid()) AS line,
             ST_SetSRID(ST_GeomFromWKB(%(lot)s), core.working_srid()) AS lot,
             ST_SetSRID(ST_GeomFromWKB(%(place)s), core.working_srid()) AS place) l
CROSS JOIN LATERAL (SELECT coalesce(l.place, ST_ClosestPoint(ST_Boundary(l.lot), ST_LineInterpolatePoint(
    l.line, ST_LineLocatePoint(l.line, ST_PointOnSurface(l.lot))))) AS gate) g
CROSS JOIN LATERAL numbering.place_on(l.line, g.gate) p
CROSS JOIN LATERAL (SELECT ST_Transform(g.gate, 4326) AS place) w;

-- name: axis
SELECT a.id, a.street_id, a.alley_path, a.basis, a.document, a.line_id, ST_AsBinary(a.geom) AS line,
       ST_Length(a.geom) AS length_m, s.name AS street_name, w.width_m,
       ST_AsGeoJSON(ST_Transform(a.geom, 4326), 6)::json AS geometry
FROM numbering.axis a LEFT JOIN layer.streets s ON s.id = a.street_id LEFT JOIN layer.streets w ON w.id = a.line_id
WHERE a.id = %(axis)s;

-- Numbers along a line that are not retired; of an alley those of the alley itself, not of its branches.
-- name: along
SELECT h.id, h.number, h.suffix, h.state, h.parcel_id, h.address, h.unit_code, p.at_m, p.side,
       ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(directed)s), core.working_srid()) AS line) l
JOIN layer.house_numbers h ON h.street_id = %(street)s AND h.alley_path = CAST(%(alleys)s AS jsonb)
     AND h.state <> 'retired'
CROSS JOIN LATERAL numbering.place_on(l.line, h.geom) p
CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
ORDER BY p.at_m, h.id;

-- Current numbers of a parcel, whatever their street.
-- name: of_lot
SELECT h.id, h.street_id, h.alley_path, h.number, h.suffix, h.state, h.address
FROM layer.house_numbers h
WHERE h.parcel_id = %(parcel)s AND h.state IN ('planned', 'reserved', 'issued') ORDER BY h.id;

-- Lots without a number that come near a stretch of a line. Which of them front on it is looked at with their streets.
-- name: lots_near
SELECT p.id AS parcel_id, ST_AsBinary(p.geom) AS lot, o.at_m, o.side, g.gate, ST_X(w.place) AS lon, ST_Y(w.place) AS lat
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(directed)s), core.working_srid()) AS line) l
CROSS JOIN LATERAL (SELECT ST_LineSubstring(l.line, greatest(0, %(from_m)s / ST_Length(l.line)),
                                            least(1, %(to_m)s / ST_Length(l.line))) AS stretch) s
JOIN layer.parcels p ON p.geom && ST_Expand(s.stretch, %(near_m)s) AND ST_DWithin(p.geom, s.stretch, %(near_m)s)
     AND NOT EXISTS (SELECT FROM layer.house_numbers h WHERE h.parcel_id = p.id AND h.state IN ('reserved', 'issued'))
CROSS JOIN LATERAL (SELECT ST_ClosestPoint(ST_Boundary(p.geom), ST_LineInterpolatePoint(
    l.line, ST_LineLocatePoint(l.line, ST_PointOnSurface(p.geom)))) AS gate) g
CROSS JOIN LATERAL numbering.place_on(l.line, g.gate) o
CROSS JOIN LATERAL (SELECT ST_Transform(g.gate, 4326) AS place) w
WHERE o.at_m BETWEEN %(from_m)s AND %(to_m)s
ORDER BY o.at_m, p.id LIMIT %(most)s;
