-- All are counted and the first are told. Officers may make no temporary tables: `touched` is a part of the question.
-- name: by_parcels
WITH touched AS MATERIALIZED (SELECT p.id, p.geom FROM layer.parcels p WHERE p.id = ANY (CAST(%(ids)s AS bigint[])))
SELECT f.id, f.title, f.title_en, f.note, f.note_en, count(*) OVER () AS count
FROM ({block}) f ORDER BY f.id LIMIT 20;

-- name: by_house_numbers
WITH touched AS MATERIALIZED (SELECT h.id, h.geom FROM layer.house_numbers h WHERE h.id = ANY (CAST(%(ids)s AS bigint[])))
SELECT f.id, f.title, f.title_en, f.note, f.note_en, count(*) OVER () AS count
FROM ({block}) f ORDER BY f.id LIMIT 20;
