-- What a delivery would change, with the geometry before and the one after where the two differ.
-- name: touch
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT c.id, t.geom FROM change c JOIN {table} t ON t.id = c.id
UNION ALL
SELECT c.id, s.geom
FROM change c JOIN staged s USING (row_no) LEFT JOIN {table} t ON t.id = c.id
WHERE t.geom IS DISTINCT FROM s.geom;

-- name: forget_touched
DROP TABLE IF EXISTS pg_temp.touched;

-- name: index_touched
CREATE INDEX ON touched USING gist (geom);

-- name: analyze_touched
ANALYZE touched;

-- All are counted and the first are told.
-- name: concerned
SELECT f.id, f.title, f.title_en, f.note, f.note_en, count(*) OVER () AS count
FROM ({block}) f ORDER BY f.id LIMIT {most};
