-- name: of_column
SELECT row_no, geom, CAST({column} AS text) AS code FROM staged WHERE {column} IS NOT NULL

-- name: of_list
SELECT s.row_no, s.geom, e.entry ->> 'code' AS code
FROM staged s, jsonb_array_elements(s.{column}) AS e (entry)

-- name: occurring
SELECT DISTINCT h.code FROM ({held}) h WHERE h.code IS NOT NULL;

-- name: with_code
SELECT h.row_no, CAST(NULL AS bigint) AS id, ARRAY[h.code] AS told, h.geom
FROM ({held}) h WHERE h.code = ANY (%(codes)s);
