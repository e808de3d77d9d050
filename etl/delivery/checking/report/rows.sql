-- name: faults
SELECT number, code, severity, row_no, fid, id, text_vi, text_en, ST_AsBinary(geom), ST_SRID(geom)
FROM core.delivery_fault
WHERE delivery_id = %(delivery)s
  AND (CAST(%(dimension)s AS integer) IS NULL
       OR (%(dimension)s >= 0 AND ST_Dimension(geom) = %(dimension)s) OR (%(dimension)s < 0 AND geom IS NULL))
ORDER BY number;
