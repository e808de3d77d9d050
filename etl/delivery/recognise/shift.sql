-- name: last_row
SELECT max(row_no) FROM staged;

-- Features that both sides name once by the key: where they lay, where they lie now, how big they are, and
-- whether another feature lies where this one is now: then the number was dealt out anew.
-- name: pairs
WITH picked AS MATERIALIZED (
    SELECT row_no, {key} FROM staged
    WHERE row_no %% %(step)s = 0 AND ROW({key}) IS NOT NULL ORDER BY row_no LIMIT %(most)s
), alone AS MATERIALIZED (
    SELECT p.row_no, {key} FROM picked p JOIN staged s USING ({key}) GROUP BY p.row_no, {key} HAVING count(*) = 1
), known AS MATERIALIZED (
    SELECT a.row_no, min(c.id) AS id FROM alone a JOIN {table} c USING ({key}) GROUP BY a.row_no HAVING count(*) = 1
), both_sides AS (
    SELECT k.id, c.geom AS before, s.geom AS after, ST_Centroid(c.geom) AS old, ST_Centroid(s.geom) AS new
    FROM known k JOIN staged s USING (row_no) JOIN {table} c ON c.id = k.id
)
SELECT ST_X(old), ST_Y(old), ST_X(new), ST_Y(new),
       ST_Area(before) + ST_Length(before), ST_Area(after) + ST_Length(after),
       CAST(EXISTS (SELECT FROM {table} t WHERE t.geom && ST_Expand(b.new, %(noise)s) AND t.id <> b.id
                    AND ST_DWithin(ST_Centroid(t.geom), b.new, %(noise)s)) AS integer)
FROM both_sides b;
