-- name: forget
DELETE FROM core.delivery_fault WHERE delivery_id = %(delivery)s;

-- Decimals with a comma in Vietnamese.
-- name: keep
WITH found AS MATERIALIZED ({found}), kept AS (
    INSERT INTO core.delivery_fault
        (delivery_id, number, code, severity, row_no, fid, id, text_vi, text_en, geom)
    SELECT %(delivery)s, %(number)s + row_number() OVER (ORDER BY f.row_no, f.id), %(code)s, %(severity)s,
           f.row_no, s.fid, f.id,
           format(%(vi)s, VARIADIC ARRAY(
               SELECT CASE WHEN t.word ~ '^-?[0-9]+[.][0-9]+$' THEN replace(t.word, '.', ',')
                           ELSE regexp_replace(t.word, '^([0-9][0-9][0-9][0-9])-([0-9][0-9])-([0-9][0-9])$',
                                               '\3/\2/\1') END
               FROM unnest(f.told) WITH ORDINALITY AS t (word, place) ORDER BY t.place)),
           format(%(en)s, VARIADIC f.told), f.geom
    FROM (SELECT * FROM found ORDER BY row_no, id LIMIT %(most)s) f LEFT JOIN staged s USING (row_no)
)
SELECT count(*) FROM found;

-- name: keep_one
INSERT INTO core.delivery_fault
    (delivery_id, number, code, severity, row_no, fid, id, text_vi, text_en, geom)
VALUES
    (%(delivery)s, %(number)s, %(code)s, %(severity)s, %(row_no)s,
     (SELECT fid FROM staged WHERE row_no = %(row_no)s), %(id)s, %(vi)s, %(en)s,
     ST_SetSRID(ST_GeomFromWKB(%(geom)s), %(srid)s));

-- name: first
SELECT row_no, text_vi, text_en FROM core.delivery_fault
WHERE delivery_id = %(delivery)s AND code = %(code)s ORDER BY number LIMIT 1;
