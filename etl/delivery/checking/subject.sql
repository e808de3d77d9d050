-- name: about
SELECT source_date FROM core.delivery WHERE id = %(delivery)s;

-- name: in_force
SELECT count(*) FROM (SELECT FROM {table} LIMIT 1000) AS few;

-- name: staged
SELECT count(*) FROM staged;

-- name: make_fresh
CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS
SELECT s.row_no, s.geom FROM staged s WHERE NOT EXISTS (SELECT FROM {table} t WHERE t.geom = s.geom);
CREATE INDEX ON fresh USING gist (geom);
CREATE UNIQUE INDEX ON fresh (row_no);

-- name: analyze_fresh
ANALYZE fresh;

-- name: fresh
SELECT count(*) FROM fresh;

-- name: drop_fresh
DROP TABLE IF EXISTS pg_temp.fresh, pg_temp.delivered_parts;
