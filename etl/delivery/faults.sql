-- name: places
SELECT row_no, ST_AsBinary(geom) FROM staged WHERE row_no = ANY (%(rows)s);

-- name: forget
DELETE FROM core.delivery_fault WHERE delivery_id = %(delivery)s;

-- name: keep
INSERT INTO core.delivery_fault (delivery_id, number, code, severity, row_no, fid, text_vi, text_en, geom)
VALUES (%(delivery)s, %(number)s, %(code)s, 'error', %(row_no)s, %(fid)s, %(vi)s, %(en)s,
        ST_SetSRID(ST_MakePoint(CAST(%(east)s AS float8), CAST(%(north)s AS float8)), core.working_srid()));
