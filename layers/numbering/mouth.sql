-- Where an alley opens into what has a direction: the named street first, then the wider (Article 7). Its side is told by
-- a place a little way in, for its first point may lie on the very line.
-- name: mouth
SELECT a.id AS parent, e.inwards, p.at_m, i.side
FROM layer.streets s
CROSS JOIN LATERAL ST_Dump(ST_LineMerge(s.geom)) d
CROSS JOIN LATERAL (VALUES (true, ST_StartPoint(d.geom), ST_LineInterpolatePoint(d.geom, least(1, 5 / ST_Length(d.geom)))),
                           (false, ST_EndPoint(d.geom), ST_LineInterpolatePoint(d.geom, greatest(0, 1 - 5 / ST_Length(d.geom)))))
    AS e (inwards, place, inside)
JOIN numbering.axis a ON a.line_id <> s.id AND ST_DWithin(a.geom, e.place, 20)
JOIN layer.streets w ON w.id = a.line_id AND ST_DWithin(a.geom, e.place, coalesce(w.width_m, 4) / 2 + 3)
CROSS JOIN LATERAL numbering.place_on(a.geom, e.place) p
CROSS JOIN LATERAL numbering.place_on(a.geom, e.inside) i
WHERE s.id = %(line)s
ORDER BY jsonb_array_length(a.alley_path), w.width_m DESC NULLS LAST, ST_Distance(a.geom, e.place), a.id LIMIT 1;

-- name: alleys_of
SELECT a.id, a.line_id, a.alley_path FROM numbering.axis a
WHERE a.street_id = %(street)s AND a.parent_path = CAST(%(alleys)s AS jsonb);

-- name: line
SELECT s.id, s.name, s.kind, s.width_m, ST_AsBinary(s.geom) AS line FROM layer.streets s WHERE s.id = %(line)s;
