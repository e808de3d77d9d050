-- NOT IN, here, because a table that is being filled is looked into: its list is made once, before.

-- What became of each pair: of several, another key tells more than another shape, and that more than other words.
-- name: write_pairs
INSERT INTO change (kind, row_no, id, confidence, evidence, part)
SELECT CASE WHEN m.differing && CAST({key_names} AS text[]) THEN 'renumbered'
            WHEN NOT m.same THEN 'changed_geometry' ELSE 'changed_attributes' END,
       m.row_no, m.id, greatest(0, least(1, t.sure)),
       jsonb_strip_nulls(jsonb_build_object(
           'by', m.how, 'iou', CASE WHEN m.same THEN 1 ELSE round(CAST(m.iou AS numeric), 4) END,
           'size_before', CASE WHEN {sized} THEN round(CAST(m.old_size AS numeric), 3) END,
           'size_after', CASE WHEN {sized} THEN round(CAST(m.new_size AS numeric), 3) END,
           'distance', CASE WHEN NOT m.same AND m.overlap = 0 THEN round(CAST(ST_Distance(s.geom, c.geom) AS numeric), 2) END,
           'alike', round(CAST(t.alike AS numeric), 3),
           'differing', to_jsonb(m.differing))),
       {part_both}
FROM match m JOIN staged s ON s.row_no = m.row_no JOIN {table} c ON c.id = m.id
CROSS JOIN LATERAL (
    SELECT 1 - (SELECT count(*) FROM unnest(m.differing) AS d (name) WHERE d.name <> ALL (CAST({key_names} AS text[])))
               / nullif(CAST({properties} AS float8), 0) AS alike OFFSET 0
) AS likeness
CROSS JOIN LATERAL (
    SELECT likeness.alike, CASE m.how
        WHEN 'unique' THEN CASE WHEN m.same OR m.overlap >= 0.5 * least(m.old_size, m.new_size) THEN 1 ELSE 0.7 END
        WHEN 'key' THEN CASE WHEN m.same OR m.iou >= 0.5 OR {resurveyed} THEN 1 ELSE 0.75 END
        WHEN 'moved' THEN 0.5
        ELSE CASE WHEN {apart} AND m.iou < 0.8 AND {resurveyed} THEN 0.8
                  WHEN {apart} THEN m.iou - CASE WHEN m.iou < 0.95 AND likeness.alike < 0.5 THEN 0.1 ELSE 0 END
                  ELSE m.iou * (0.5 + 0.5 * coalesce(likeness.alike, 0.4)) END
    END AS sure
) AS t
WHERE (NOT m.same OR cardinality(m.differing) > 0)
  AND m.row_no NOT IN (SELECT g.row_no FROM change g WHERE g.row_no IS NOT NULL);

-- A number that another feature in force keeps would stand twice.
-- name: doubt_taken_numbers
UPDATE change g SET confidence = least(g.confidence, 0.75),
       evidence = g.evidence || jsonb_build_object('number_in_force', c.id)
FROM staged s, {table} c
WHERE g.kind = 'renumbered' AND s.row_no = g.row_no AND ROW({key_s}) = ROW({key_c}) AND c.id <> g.id
  AND NOT EXISTS (SELECT FROM paired p WHERE p.id = c.id)
  AND NOT EXISTS (SELECT FROM change o WHERE o.id = c.id);

-- Numbers that go from one to the next are given together, wherever the sheets end.
-- name: tie_parts
WITH follows AS (
    SELECT g.change_no AS taker, o.change_no AS giver, g.part AS taker_part, o.part AS giver_part
    FROM change g JOIN staged s ON s.row_no = g.row_no JOIN {table} c ON ROW({key_s}) = ROW({key_c})
    JOIN change o ON o.id = c.id
    WHERE g.kind = 'renumbered' AND o.kind = 'renumbered' AND g.part <> o.part
), least_part AS (
    SELECT change_no, min(part) AS part
    FROM (SELECT taker AS change_no, giver_part AS part FROM follows WHERE giver_part < taker_part
          UNION ALL SELECT giver, taker_part FROM follows WHERE taker_part < giver_part) AS lower
    GROUP BY change_no
)
UPDATE change g SET part = l.part FROM least_part l WHERE l.change_no = g.change_no;

-- name: write_added
INSERT INTO change (kind, row_no, part)
SELECT 'added', s.row_no, {part_s} FROM staged s
WHERE NOT EXISTS (SELECT FROM paired p WHERE p.row_no = s.row_no)
  AND s.row_no NOT IN (SELECT g.row_no FROM change g WHERE g.group_no IS NOT NULL AND g.row_no IS NOT NULL);

-- name: write_vanished
INSERT INTO change (kind, id, part)
SELECT 'vanished', c.id, {part_c} FROM {table} c
WHERE ({scope}) IN (SELECT DISTINCT {scope} FROM staged)
  AND NOT EXISTS (SELECT FROM paired p WHERE p.id = c.id)
  AND c.id NOT IN (SELECT g.id FROM change g WHERE g.group_no IS NOT NULL AND g.id IS NOT NULL)
ORDER BY c.id;

-- name: is_empty
SELECT NOT EXISTS (SELECT FROM {table});
