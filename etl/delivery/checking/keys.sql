-- name: same_key
SELECT s.row_no, CAST(NULL AS bigint) AS id, ARRAY[{told}, CAST(k.times AS text)] AS told, s.geom
FROM (SELECT {key}, count(*) AS times FROM staged GROUP BY {key} HAVING count(*) > 1) k
JOIN staged s ON {alike};

-- name: examples
SELECT {key} FROM staged GROUP BY {key} HAVING count(*) > 1 ORDER BY {key} LIMIT %(most)s;

-- name: missing_key
SELECT row_no, CAST(NULL AS bigint) AS id, CAST('{{}}' AS text[]) AS told, geom FROM staged WHERE {column} IS NULL;

-- Only of rows that are not in force with the same geometry; their like may be.
-- name: same_geometry
SELECT s.row_no, CAST(NULL AS bigint) AS id, ARRAY[CAST(k.first AS text)] AS told, s.geom
FROM (SELECT f.geom{also}, min(f.row_no) AS first FROM staged f
      WHERE f.geom IN (SELECT x.geom FROM {fresh} x GROUP BY x.geom HAVING count(*) > 1)
      GROUP BY f.geom{also} HAVING count(*) > 1) k
JOIN staged s ON s.geom = k.geom{alike} AND s.row_no > k.first;
