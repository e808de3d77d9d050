-- Whoever works on it holds the row: then there is none to be had.
-- name: held
SELECT id, kind, layer, source, source_date, file_name, status, asked, counts, findings, applied_parts, kept_file
FROM core.delivery WHERE id = %(delivery)s FOR UPDATE SKIP LOCKED;

-- name: approve
UPDATE core.delivery
SET status = 'approved', approved_parts = CAST(%(parts)s AS text[]), decided_at = now(), decided_by = %(by)s,
    decision_note = %(note)s
WHERE id = %(delivery)s;

-- name: reject
UPDATE core.delivery
SET status = CASE WHEN cardinality(applied_moments) > 0 THEN 'applied' ELSE 'rejected' END, decided_at = now(),
    decided_by = %(by)s, decision_note = %(note)s
WHERE id = %(delivery)s;

-- name: prepare_anew
UPDATE core.delivery
SET status = 'received', asked = CAST(%(asked)s AS jsonb), decision_note = NULL
WHERE id = %(delivery)s;

-- name: remember
INSERT INTO core.delivery_mapping (layer, source, mapping, saved_by)
VALUES (%(layer)s, %(source)s, CAST(%(mapping)s AS jsonb), %(by)s);

-- name: rollback_open
SELECT id FROM core.delivery WHERE undoes = %(delivery)s AND status = 'approved';

-- name: ask_rollback
INSERT INTO core.delivery
    (layer, source, source_date, file_name, sha256, size_bytes, received_by, status, kind, undoes, decided_at,
     decided_by, decision_note)
SELECT layer, source, source_date, file_name, sha256, size_bytes, %(by)s, 'approved', 'rollback', id, now(), %(by)s,
       %(note)s
FROM core.delivery WHERE id = %(delivery)s
RETURNING id;

-- name: unknown_parts
SELECT p FROM unnest(CAST(%(parts)s AS text[])) p WHERE p NOT IN (SELECT part FROM {change});

-- name: doubts_in_parts
SELECT count(*) FROM {change}
WHERE confidence < %(sure)s AND decision IS NULL
  AND (CAST(%(parts)s AS text[]) IS NULL OR part = ANY (CAST(%(parts)s AS text[])));

-- What belongs to one group is decided together.
-- name: change
SELECT change_no, group_no, confidence < %(sure)s AS doubtful, decision,
       coalesce(evidence ? 'edited_on', false) AS edited FROM {change}
WHERE change_no = %(number)s;

-- name: decide_change
UPDATE {change} SET decision = %(decision)s
WHERE (change_no = %(number)s OR group_no = (SELECT group_no FROM {change} WHERE change_no = %(number)s))
  AND decision IS NOT DISTINCT FROM %(instead_of)s;
