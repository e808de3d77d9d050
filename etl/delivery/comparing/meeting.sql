-- Whether anything may lie where something else does: not where words alone have changed.
-- name: any_to_place
SELECT EXISTS (SELECT FROM match WHERE NOT same)
       OR EXISTS (SELECT FROM left_row l WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = l.row_no));

-- name: make_open
CREATE TEMPORARY TABLE open_row ON COMMIT DROP AS
SELECT row_no, s.geom FROM staged s JOIN left_row USING (row_no)
WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = s.row_no);
CREATE TEMPORARY TABLE open_feature ON COMMIT DROP AS
SELECT id, c.geom FROM {table} c JOIN left_feature USING (id)
WHERE NOT EXISTS (SELECT FROM paired p WHERE p.id = c.id)
  AND c.geom && (SELECT ST_Expand(ST_SetSRID(CAST(ST_Extent(geom) AS geometry), max(ST_SRID(geom))), 1)
                 FROM staged JOIN left_row USING (row_no));
CREATE INDEX ON open_row USING gist (geom);
CREATE INDEX ON open_feature USING gist (geom);
ANALYZE open_row, open_feature;

-- name: open
SELECT (SELECT count(*) FROM open_row), (SELECT count(*) FROM open_feature);

-- name: near_open
INSERT INTO near (row_no, id, how)
SELECT r.row_no, f.id, 'open' FROM open_row r JOIN open_feature f ON f.geom && ST_Expand(r.geom, {reach});

-- A row that is new, on a feature that goes on in another shape: split off it?
-- name: near_changed_features
INSERT INTO near (row_no, id, how)
SELECT r.row_no, c.id, 'beside' FROM open_row r JOIN {table} c ON c.geom && ST_Expand(r.geom, {reach})
JOIN match m ON m.id = c.id AND NOT m.same;

-- A feature that is no more, under a row that goes on in another shape: merged into it?
-- name: near_changed_rows
INSERT INTO near (row_no, id, how)
SELECT s.row_no, f.id, 'beside' FROM open_feature f JOIN staged s ON s.geom && ST_Expand(f.geom, {reach})
JOIN match m ON m.row_no = s.row_no AND NOT m.same;

-- Two that go on, one as a much larger and one as a much smaller one: land went over?
-- name: near_both_changed
INSERT INTO near (row_no, id, how)
SELECT s.row_no, c.id, 'both' FROM match a JOIN staged s ON s.row_no = a.row_no
JOIN {table} c ON c.geom && ST_Expand(s.geom, {reach})
JOIN match b ON b.id = c.id
WHERE NOT a.same AND abs(a.new_size - a.old_size) > 0.1 * a.old_size
  AND NOT b.same AND abs(b.new_size - b.old_size) > 0.1 * b.old_size AND a.id <> b.id;

-- How much of the smaller one must lie on the other depends on what is known of the two already. Where several
-- things may be at one place, only what is quite at the same one, or has the same key, is taken for the same.
-- name: meet
INSERT INTO meeting (row_no, id, old_size, new_size, overlap, iou, differing)
SELECT * FROM (
    SELECT n.row_no, n.id, z.old_size, z.new_size, o.overlap,
           coalesce(o.overlap / nullif(z.old_size + z.new_size - o.overlap, 0), 0) AS iou, {differing} AS differing
    FROM near n JOIN staged s ON s.row_no = n.row_no JOIN {table} c ON c.id = n.id
    CROSS JOIN LATERAL (SELECT {size_c} AS old_size, {size_s} AS new_size) AS z
    CROSS JOIN LATERAL ({overlap} OFFSET 0) AS o
    WHERE {ground}
      AND o.overlap >= least(z.old_size, z.new_size)
                       * CASE n.how WHEN 'open' THEN 0.25 WHEN 'beside' THEN 0.5 ELSE 0.15 END
      AND (o.width >= 0.5 OR o.overlap >= 0.5 * least(z.old_size, z.new_size))
) AS met
WHERE {apart} OR iou >= 0.98 OR (iou >= 0.5 AND NOT differing && CAST({key_names} AS text[]));
CREATE INDEX ON meeting (row_no);
CREATE INDEX ON meeting (id);
ANALYZE meeting;

-- Each the best for the other. The order is total, so that every round finds some while there are any.
-- name: find_best
WITH free AS (
    SELECT row_no, id, round(CAST(iou AS numeric), 3) AS likeness, differing && CAST({key_names} AS text[]) AS renamed,
           cardinality(differing) AS unlike
    FROM meeting m
    WHERE iou >= CASE WHEN differing && CAST({key_names} AS text[]) THEN 0.8 ELSE 0.5 END
      AND NOT EXISTS (SELECT FROM paired p WHERE p.row_no = m.row_no)
      AND NOT EXISTS (SELECT FROM paired p WHERE p.id = m.id)
), ranked AS (
    SELECT row_no, id,
           row_number() OVER (PARTITION BY row_no ORDER BY likeness DESC, renamed, unlike, row_no, id) AS for_row,
           row_number() OVER (PARTITION BY id ORDER BY likeness DESC, renamed, unlike, row_no, id) AS for_feature
    FROM free
)
INSERT INTO candidate (row_no, id, how) SELECT row_no, id, 'place' FROM ranked WHERE for_row = 1 AND for_feature = 1;

-- What stayed as it was gave no land and took none; what another row lies on in it is that row's fault.
-- name: drop_settled
DELETE FROM meeting m USING match k WHERE k.same AND (k.row_no = m.row_no OR k.id = m.id);

-- name: add_own
INSERT INTO meeting (row_no, id, old_size, new_size, overlap, iou, differing)
SELECT k.row_no, k.id, k.old_size, k.new_size, k.overlap, k.iou, k.differing FROM match k
WHERE NOT k.same
  AND (EXISTS (SELECT FROM meeting m WHERE m.row_no = k.row_no) OR EXISTS (SELECT FROM meeting m WHERE m.id = k.id))
  AND NOT EXISTS (SELECT FROM meeting m WHERE m.row_no = k.row_no AND m.id = k.id);
