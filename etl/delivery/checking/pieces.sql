-- name: fresh_in_cell
SELECT s.row_no, CAST(0 AS bigint), true, {groups}, s.geom
FROM staged s
WHERE s.geom && ST_Expand(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s), %(reach)s);

-- name: in_cell
SELECT s.row_no, CAST(0 AS bigint), f.row_no IS NOT NULL, {groups}, s.geom
FROM staged s LEFT JOIN {fresh} f USING (row_no)
WHERE s.geom && ST_Expand(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s), %(reach)s);

-- Only what lies beside a fresh row.
-- name: beside
SELECT s.row_no, CAST(0 AS bigint), f.row_no IS NOT NULL, {groups}, s.geom
FROM (SELECT DISTINCT n.row_no FROM {fresh} x JOIN staged n ON n.geom && ST_Expand(x.geom, %(reach)s)
      WHERE x.geom && ST_Expand(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s), %(reach)s)) n
JOIN staged s USING (row_no) LEFT JOIN {fresh} f USING (row_no);

-- The parts of the layer that the delivery speaks of: what is in force elsewhere stays.
-- name: make_delivered_parts
CREATE TEMPORARY TABLE delivered_parts ON COMMIT DROP AS SELECT DISTINCT {alike} FROM staged WHERE ({alike}) IS NOT NULL;

-- name: others_in_force
SELECT CAST(0 AS bigint), s.id, false, {groups}, s.geom
FROM {table} s
WHERE s.geom && ST_Expand(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s), %(reach)s)
  AND ({alike}) NOT IN (SELECT * FROM delivered_parts)
  AND EXISTS (SELECT FROM {fresh} f WHERE f.geom && s.geom);
