-- Alike in everything delivered, byte by byte: found by a print of 64 bits, without touching an index. Rows alike in
-- everything are told apart by their turn; it is seldom that several on both sides are, and only those are sorted.
-- name: pair_identical
WITH s AS MATERIALIZED (SELECT row_no, hash_record_extended(ROW({content}), 0) AS print FROM staged),
c AS MATERIALIZED (SELECT id, hash_record_extended(ROW({content}), 0) AS print FROM {table}),
first AS MATERIALIZED (
    SELECT print, s.row_no, c.id, s.times > 1 AND c.times > 1 AS several
    FROM (SELECT print, min(row_no) AS row_no, count(*) AS times FROM s GROUP BY print) s
    JOIN (SELECT print, min(id) AS id, count(*) AS times FROM c GROUP BY print) c USING (print)
), further AS (
    SELECT s.row_no, c.id
    FROM (SELECT row_no, print, row_number() OVER (PARTITION BY print ORDER BY row_no) AS turn FROM s
          WHERE print IN (SELECT print FROM first WHERE several)) s
    JOIN (SELECT id, print, row_number() OVER (PARTITION BY print ORDER BY id) AS turn FROM c
          WHERE print IN (SELECT print FROM first WHERE several)) c USING (print, turn)
    WHERE turn > 1
)
INSERT INTO paired (row_no, id) SELECT row_no, id FROM first UNION ALL SELECT row_no, id FROM further;

-- What is left when the like are paired: of a delivery that changes little, few of either side.
-- name: make_left
CREATE TEMPORARY TABLE left_row ON COMMIT DROP AS
SELECT row_no FROM staged s WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = s.row_no);
CREATE TEMPORARY TABLE left_feature ON COMMIT DROP AS
SELECT id FROM {table} c WHERE NOT EXISTS (SELECT FROM paired p WHERE p.id = c.id);
ANALYZE left_row, left_feature;

-- name: all_paired
SELECT NOT EXISTS (SELECT FROM left_row);

-- A key counts only where it occurs once on either side: real sets hold the same number twice.
-- name: find_by_key
INSERT INTO candidate (row_no, id, how)
SELECT s.row_no, c.id, %(how)s
FROM (SELECT {key}, min(row_no) AS row_no FROM staged f JOIN left_row USING (row_no)
      WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = f.row_no)
        AND NOT EXISTS (SELECT FROM match m WHERE m.row_no = f.row_no)
      GROUP BY {key} HAVING count(*) = 1) s
JOIN (SELECT {key}, min(id) AS id FROM {table} t JOIN left_feature USING (id)
      WHERE NOT EXISTS (SELECT FROM paired p WHERE p.id = t.id)
        AND NOT EXISTS (SELECT FROM match m WHERE m.id = t.id)
      GROUP BY {key} HAVING count(*) = 1) c USING ({key});

-- name: measure
INSERT INTO match (row_no, id, how, same, old_size, new_size, overlap, differing)
SELECT k.row_no, k.id, k.how, p.same, {size_c}, {size_s},
       CASE WHEN p.same THEN {size_c} ELSE (SELECT overlap FROM ({overlap}) AS measured) END,
       {differing}
FROM candidate k JOIN staged s ON s.row_no = k.row_no JOIN {table} c ON c.id = k.id
CROSS JOIN LATERAL (SELECT {same} AS same OFFSET 0) AS p;

-- name: forget_candidates
TRUNCATE candidate;

-- What was issued as an identifier stays with its feature wherever that lies; a number has to stay at its place, as
-- far as a survey knows it: what is half a metre wide may lie beside what it was.
-- name: set_strayed_aside
WITH gone AS (
    DELETE FROM match m USING staged s, {table} c
    WHERE m.how = 'key' AND NOT m.same AND m.overlap < 0.5 * least(m.old_size, m.new_size)
      AND s.row_no = m.row_no AND c.id = m.id AND NOT {resurveyed}
    RETURNING m.row_no, m.id, m.how
)
INSERT INTO strayed (row_no, id, how) SELECT row_no, id, how FROM gone;

-- name: accept
INSERT INTO paired (row_no, id) SELECT row_no, id FROM {found};

-- name: analyze
ANALYZE paired, match;

-- The same number at two places, of which nothing else tells anything: moved, or a number used again.
-- name: take_strayed_in
INSERT INTO candidate (row_no, id, how)
SELECT row_no, id, 'moved' FROM strayed t
WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = t.row_no OR p.id = t.id)
  AND NOT EXISTS (SELECT FROM change g WHERE g.row_no = t.row_no OR g.id = t.id);
