-- Rows are even numbers and features odd ones; what hangs together gets the least number among it.
-- name: make_node
CREATE TEMPORARY TABLE node ON COMMIT DROP AS
SELECT DISTINCT e.node, least(m.row_no * 2, m.id * 2 + 1) AS label
FROM meeting m CROSS JOIN LATERAL (VALUES (m.row_no * 2), (m.id * 2 + 1)) AS e (node) WHERE false;
INSERT INTO node SELECT DISTINCT row_no * 2, row_no * 2 FROM meeting;
INSERT INTO node SELECT DISTINCT id * 2 + 1, id * 2 + 1 FROM meeting;
CREATE UNIQUE INDEX ON node (node);
ANALYZE node;

-- name: spread
UPDATE node n SET label = b.label
FROM (SELECT node, min(label) AS label
      FROM (SELECT m.row_no * 2 AS node, o.label FROM meeting m JOIN node o ON o.node = m.id * 2 + 1
            UNION ALL
            SELECT m.id * 2 + 1, o.label FROM meeting m JOIN node o ON o.node = m.row_no * 2) AS beside
      GROUP BY node) b
WHERE b.node = n.node AND b.label < n.label;

-- name: leap
UPDATE node n SET label = o.label FROM node o WHERE o.node = n.label AND o.label < n.label;

-- Of each what hangs together: how many, how large, and how much of either side lies on the other.
-- name: make_bundle
CREATE TEMPORARY TABLE bundle ON COMMIT DROP AS
WITH row_side AS (
    SELECT n.label, count(*) AS rows, sum(r.new_size) AS new_size
    FROM (SELECT row_no, max(new_size) AS new_size FROM meeting GROUP BY row_no) r
    JOIN node n ON n.node = r.row_no * 2 GROUP BY n.label
), old_side AS (
    SELECT n.label, count(*) AS features, sum(f.old_size) AS old_size
    FROM (SELECT id, max(old_size) AS old_size FROM meeting GROUP BY id) f
    JOIN node n ON n.node = f.id * 2 + 1 GROUP BY n.label
), common AS (
    SELECT n.label, sum(m.overlap) AS overlap, min(m.row_no) AS row_no, min(m.id) AS id
    FROM meeting m JOIN node n ON n.node = m.row_no * 2 GROUP BY n.label
)
SELECT label, row_number() OVER (ORDER BY label) AS group_no, rows, features, old_size, new_size, overlap, row_no, id,
       CASE WHEN rows = 1 AND features = 1 THEN 'pair' WHEN features = 1 THEN 'split' WHEN rows = 1 THEN 'merged'
            ELSE 'reshaped' END AS kind
FROM row_side JOIN old_side USING (label) JOIN common USING (label);

-- One on one, neither paired: alike by half and more it is likely the same under another number.
-- name: find_likely
WITH alone AS (DELETE FROM bundle WHERE kind = 'pair' RETURNING row_no, id, old_size, new_size, overlap)
INSERT INTO candidate (row_no, id, how)
SELECT row_no, id, 'place' FROM alone a
WHERE overlap >= 0.5 * (old_size + new_size - overlap)
  AND NOT EXISTS (SELECT FROM paired p WHERE p.row_no = a.row_no OR p.id = a.id);

-- Where land was dealt out anew, only a number that was kept says which is the old one.
-- name: part_renumbered
WITH gone AS (
    DELETE FROM match m USING node n, bundle b
    WHERE n.node = m.row_no * 2 AND b.label = n.label AND m.how <> 'unique'
      AND m.differing && CAST({key_names} AS text[])
    RETURNING m.row_no
)
DELETE FROM paired p USING gone WHERE p.row_no = gone.row_no;

-- name: write_groups
WITH member AS (
    SELECT b.label, CAST(n.node / 2 AS bigint) AS row_no, p.id
    FROM bundle b JOIN node n USING (label) LEFT JOIN paired p ON p.row_no = n.node / 2 WHERE n.node %% 2 = 0
    UNION ALL
    SELECT b.label, NULL, CAST((n.node - 1) / 2 AS bigint)
    FROM bundle b JOIN node n USING (label) WHERE n.node %% 2 = 1
      AND NOT EXISTS (SELECT FROM paired p JOIN node q ON q.node = p.row_no * 2 AND q.label = b.label
                      WHERE p.id = (n.node - 1) / 2)
), placed AS (
    SELECT m.label, m.row_no, m.id, min(CASE WHEN m.row_no IS NULL THEN {part_c} ELSE {part_s} END)
               OVER (PARTITION BY m.label) AS part
    FROM member m LEFT JOIN staged s ON s.row_no = m.row_no LEFT JOIN {table} c ON c.id = m.id
), judged AS (
    SELECT label, group_no, kind,
           greatest(0, least(1, CASE kind WHEN 'reshaped' THEN 0.9 ELSE 1 END
               - abs(1 - overlap / nullif(least(old_size, new_size), 0))
               - 2 * abs(1 - new_size / nullif(old_size, 0)))) AS confidence,
           jsonb_build_object('before', features, 'after', rows, 'size_before', round(CAST(old_size AS numeric), 3),
                              'size_after', round(CAST(new_size AS numeric), 3),
                              'covered', round(CAST(overlap / nullif(old_size, 0) AS numeric), 4)) AS evidence
    FROM bundle
)
INSERT INTO change (kind, row_no, id, group_no, confidence, evidence, part)
SELECT j.kind, p.row_no, p.id, j.group_no, coalesce(j.confidence, 0), j.evidence, p.part
FROM placed p JOIN judged j USING (label) ORDER BY j.group_no, p.row_no, p.id;

-- name: write_edges
INSERT INTO edge (group_no, old_id, row_no, area_m2)
SELECT b.group_no, m.id, m.row_no, CASE WHEN {is_area} THEN m.overlap ELSE 0 END
FROM meeting m JOIN node n ON n.node = m.row_no * 2 JOIN bundle b USING (label);
