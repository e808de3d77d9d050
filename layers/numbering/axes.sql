-- name: state
SELECT numbering.state_axis(%(street)s, CAST(%(alleys)s AS jsonb), %(line)s,
                            ST_SetSRID(ST_GeomFromWKB(%(directed)s), core.working_srid()), %(basis)s, %(document)s,
                            %(who)s) AS id;

-- name: line
SELECT s.id, s.name, s.kind, ST_AsBinary(s.geom) AS line,
       ARRAY(SELECT a.code FROM layer.admin_units a
             WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n) AND ST_Intersects(a.geom, s.geom)
             ORDER BY a.code) AS units
FROM layer.streets s WHERE s.id = %(line)s;

-- name: start
SELECT ST_X(p.place) AS east, ST_Y(p.place) AS north
FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), core.working_srid()) AS place) p;

-- name: parent_known
SELECT EXISTS (SELECT FROM numbering.axis a
               WHERE a.street_id = %(street)s AND a.alley_path = CAST(%(alleys)s AS jsonb)) AS known;

-- name: check_branches
SET CONSTRAINTS numbering.opens_into_another IMMEDIATE;
