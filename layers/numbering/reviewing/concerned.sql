-- name: forget_touched
DROP TABLE IF EXISTS pg_temp.touched;

-- name: touch_parcels
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT p.id, p.geom FROM layer.parcels p WHERE p.id = ANY (CAST(%(ids)s AS bigint[]));

-- name: touch_numbers
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT h.id, h.geom FROM layer.house_numbers h WHERE h.id = ANY (CAST(%(ids)s AS bigint[]));

-- All are counted and the first are told.
-- name: concerned
SELECT f.id, f.title, f.title_en, f.note, f.note_en, count(*) OVER () AS count
FROM ({block}) f ORDER BY f.id LIMIT 20;
