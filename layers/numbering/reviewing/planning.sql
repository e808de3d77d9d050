-- name: axis_named
SELECT a.id FROM numbering.axis a
WHERE a.street_id = %(street)s AND a.alley_path = CAST(%(alleys)s AS jsonb);

-- Alleys that open straight into a line, where and on which side.
-- name: openings
SELECT a.id, a.alley_path, p.at_m, i.side
FROM (SELECT ST_SetSRID(ST_GeomFromWKB(%(directed)s), core.working_srid()) AS line) l
JOIN numbering.axis a ON a.street_id = %(street)s AND a.parent_path = CAST(%(alleys)s AS jsonb)
CROSS JOIN LATERAL numbering.place_on(l.line, ST_StartPoint(a.geom)) p
CROSS JOIN LATERAL numbering.place_on(l.line, ST_LineInterpolatePoint(a.geom, least(1, 5 / ST_Length(a.geom)))) i
ORDER BY p.at_m, a.id;

-- All that lies behind the alleys of a street or alley: the alleys themselves, and their houses.
-- name: axes_under
SELECT a.id, a.alley_path FROM numbering.axis a
WHERE a.street_id = %(street)s AND jsonb_array_length(a.alley_path) > %(depth)s ORDER BY a.id;

-- name: houses_under
SELECT h.id, h.alley_path, h.number, h.suffix, h.state, h.parcel_id, h.unit_code, h.address FROM layer.house_numbers h
WHERE h.street_id = %(street)s AND jsonb_array_length(h.alley_path) > %(depth)s
  AND h.state IN ('planned', 'reserved', 'issued') ORDER BY h.id;
