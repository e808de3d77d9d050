-- name: hold_writers
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;

-- name: make_paired
CREATE TEMPORARY TABLE paired (row_no bigint PRIMARY KEY, id bigint NOT NULL UNIQUE) ON COMMIT DROP;

-- A key counts only where it occurs once on either side: real sets hold the same number twice.
-- name: pair_by_key
INSERT INTO paired (row_no, id)
SELECT s.row_no, c.id
FROM (SELECT row_no, {key}, count(*) OVER (PARTITION BY {key}) AS times
      FROM staged f WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = f.row_no)) s
JOIN (SELECT id, {key}, count(*) OVER (PARTITION BY {key}) AS times
      FROM {table} t WHERE NOT EXISTS (SELECT FROM paired p WHERE p.id = t.id)) c USING ({key})
WHERE s.times = 1 AND c.times = 1;

-- Same key (empty or not) and same geometry; of several such, those of the same content go together.
-- name: pair_by_geometry
WITH s AS MATERIALIZED (
    SELECT row_no, geom, {key},
           row_number() OVER (PARTITION BY {key}, geom ORDER BY CAST(ROW({properties}) AS text), row_no) AS turn
    FROM staged f WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = f.row_no)
), c AS (
    SELECT id, geom, {key},
           row_number() OVER (PARTITION BY {key}, geom ORDER BY CAST(ROW({properties}) AS text), id) AS turn
    FROM {table} t
    WHERE NOT EXISTS (SELECT FROM paired p WHERE p.id = t.id)
      AND EXISTS (SELECT FROM s WHERE s.geom = t.geom)
)
INSERT INTO paired (row_no, id)
SELECT s.row_no, c.id FROM s JOIN c ON s.geom = c.geom AND s.turn = c.turn
WHERE ROW({staged_key}) IS NOT DISTINCT FROM ROW({current_key});

-- name: make_compared
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
SELECT p.row_no, p.id, s.geom IS DISTINCT FROM c.geom AS shape,
       ROW({staged_properties}) IS DISTINCT FROM ROW({current_properties}) AS words,
       {since} AS since
FROM paired p JOIN staged s USING (row_no) JOIN {table} c ON c.id = p.id;

-- name: make_vanishing
CREATE TEMPORARY TABLE vanishing ON COMMIT DROP AS
SELECT c.id, {since} AS since FROM {table} c
WHERE ({scope}) IN (SELECT DISTINCT {scope} FROM staged)
  AND NOT EXISTS (SELECT FROM paired p WHERE p.id = c.id);

-- name: make_none_vanishing
CREATE TEMPORARY TABLE vanishing (id bigint, since date) ON COMMIT DROP;

-- name: counts
SELECT (SELECT count(*) FROM staged) AS read,
       (SELECT count(*) FROM staged) - count(*) AS added,
       count(*) FILTER (WHERE shape) AS changed_geometry,
       count(*) FILTER (WHERE words AND NOT shape) AS changed_attributes,
       count(*) FILTER (WHERE NOT words AND NOT shape) AS unchanged,
       (SELECT count(*) FROM vanishing) AS vanished,
       (SELECT count(*) FROM (SELECT count(*) OVER (PARTITION BY {key}) AS times FROM staged) AS counted
        WHERE times > 1) AS duplicates
FROM compared;

-- name: newer_than_the_file
SELECT s.row_no, s.fid, c.since, count(*) OVER ()
FROM compared c JOIN staged s USING (row_no)
WHERE (c.shape OR c.words) AND c.since > %(source_date)s ORDER BY s.row_no LIMIT %(most)s;

-- name: vanishing_newer_than_the_file
SELECT count(*), max(since) FROM vanishing WHERE since > %(source_date)s;
