-- name: city
SELECT name, working_srid FROM core.city;

-- name: is_there
SELECT to_regclass('core.delivery') IS NOT NULL AND to_regclass(%(table)s) IS NOT NULL;

-- name: find
SELECT id, kind, layer, source, source_date, file_name, sha256, kept_file, received_by, sender, status, asked, counts,
       findings, summary, impact, layer_state, approved_parts, applied_moments, decided_by, decision_note, undoes
FROM core.delivery WHERE id = %(id)s FOR NO KEY UPDATE;

-- name: is_free
SELECT id FROM core.delivery WHERE id = %(id)s FOR NO KEY UPDATE SKIP LOCKED;

-- name: same_before
SELECT id FROM core.delivery
WHERE layer = %(layer)s AND sha256 = %(sha256)s AND source_date = %(source_date)s AND status = 'applied'
  AND options = CAST(%(options)s AS jsonb)
ORDER BY id DESC LIMIT 1;

-- The same file, to be read the same way, that nobody has decided on yet. How it is read is known once it is
-- prepared; before that, how it was asked to be.
-- name: waiting
SELECT id FROM core.delivery
WHERE layer = %(layer)s AND sha256 = %(sha256)s AND source_date = %(source_date)s AND kind = 'delivery'
  AND coalesce(CAST(asked ->> 'correction' AS boolean), false) = %(correction)s
  AND (status IN ('ready', 'approved', 'partly_applied') AND options = CAST(%(options)s AS jsonb)
       OR status IN ('received', 'preparing') AND asked = CAST(%(asked)s AS jsonb))
ORDER BY id DESC LIMIT 1;

-- name: newest
SELECT id FROM core.delivery WHERE layer = %(layer)s AND status = 'applied'
ORDER BY applied_moments[cardinality(applied_moments)] DESC, id DESC LIMIT 1;

-- name: enter
INSERT INTO core.delivery
    (layer, source, source_date, file_name, sha256, size_bytes, sender, received_by, status, asked, synthetic)
VALUES
    (%(layer)s, %(source)s, %(source_date)s, %(file_name)s, %(sha256)s, %(size)s, %(sender)s, %(received_by)s,
     'received', CAST(%(asked)s AS jsonb), %(synthetic)s)
RETURNING id;

-- name: ask_anew
UPDATE core.delivery SET status = 'received', asked = CAST(%(asked)s AS jsonb) WHERE id = %(id)s;

-- name: keep
UPDATE core.delivery SET kept_file = %(kept_file)s WHERE id = %(id)s;

-- What is in force of a delivery is never forgotten, whatever becomes of the rest: it can be rolled back.
-- name: mark
UPDATE core.delivery
SET status = CASE WHEN cardinality(applied_moments) = 0 THEN CAST(%(status)s AS text)
                  WHEN %(status)s = 'already_applied' THEN 'applied'
                  WHEN %(status)s IN ('ready', 'refused', 'failed') THEN 'partly_applied'
                  ELSE %(status)s END,
    summary = summary - 'stopped' || CASE WHEN CAST(%(stopped)s AS jsonb) IS NULL THEN '{}'
                                          ELSE jsonb_build_object('stopped', CAST(%(stopped)s AS jsonb)) END
WHERE id = %(id)s;

-- A word that could not be followed is given back; not where another process has followed it meanwhile.
-- name: give_back
UPDATE core.delivery
SET status = CASE WHEN cardinality(applied_moments) > 0 THEN 'partly_applied' ELSE 'ready' END,
    approved_parts = NULL, summary = summary || jsonb_build_object('stopped', CAST(%(stopped)s AS jsonb))
WHERE id = %(id)s AND status IN ('approved', 'ready', 'partly_applied');

-- name: found
UPDATE core.delivery
SET status = CASE WHEN cardinality(applied_moments) = 0 THEN CAST(%(status)s AS text)
                  WHEN %(status)s = 'already_applied' THEN 'applied'
                  WHEN %(status)s IN ('ready', 'refused', 'failed') THEN 'partly_applied'
                  ELSE %(status)s END,
    findings = CAST(%(findings)s AS jsonb), counts = CAST(%(counts)s AS jsonb),
    summary = coalesce(CAST(%(summary)s AS jsonb), '{}'), impact = coalesce(CAST(%(impact)s AS jsonb), '[]'),
    layer_state = %(layer_state)s, srid = coalesce(%(srid)s, srid), source = coalesce(%(source)s, source),
    options = coalesce(CAST(%(options)s AS jsonb), options), prepared_at = now(),
    synthetic = synthetic OR coalesce(%(synthetic)s, false)
WHERE id = %(id)s;

-- name: layer_state
SELECT core.layer_state(CAST(%(table)s AS regclass));

-- name: applied
UPDATE core.delivery
SET status = %(status)s, counts = CAST(%(counts)s AS jsonb), layer_state = %(layer_state)s,
    summary = summary - 'stopped', applied_moments = applied_moments || now(), decided_at = coalesce(decided_at, now()),
    decided_by = coalesce(decided_by, %(by)s), decision_note = coalesce(%(note)s, decision_note),
    approved_parts = NULL,
    applied_parts = coalesce(applied_parts, '{}') || coalesce(CAST(%(parts)s AS text[]), '{}')
WHERE id = %(id)s;

-- name: confirm
UPDATE core.delivery
SET confirmed = coalesce(
        (SELECT range_agg(int8range(p.id, p.id, '[]')) FROM paired p
         WHERE NOT EXISTS (SELECT FROM change c WHERE c.row_no = p.row_no)),
        CAST('{{}}' AS int8multirange)),
    complete = (SELECT count(*) FROM {table}) = %(read)s
WHERE id = %(id)s;

-- name: enter_rollback
INSERT INTO core.delivery
    (layer, source, source_date, file_name, sha256, size_bytes, srid, received_by, status, kind, undoes, counts,
     impact, applied_moments, decided_at, decided_by, decision_note, synthetic)
SELECT layer, source, source_date, file_name, sha256, size_bytes, srid, %(by)s, 'applied', 'rollback', id,
       CAST(%(counts)s AS jsonb), CAST(%(impact)s AS jsonb), ARRAY[now()], now(), %(by)s, %(note)s, synthetic
FROM core.delivery WHERE id = %(undoes)s
RETURNING id;

-- name: asked_rollback
UPDATE core.delivery
SET status = 'applied', counts = CAST(%(counts)s AS jsonb), impact = CAST(%(impact)s AS jsonb),
    applied_moments = ARRAY[now()],
    (srid, synthetic) = (SELECT d.srid, d.synthetic FROM core.delivery d WHERE d.id = %(undoes)s)
WHERE id = %(id)s
RETURNING id;

-- name: decided
UPDATE core.delivery
SET status = %(status)s, decided_at = now(), decided_by = %(by)s, decision_note = coalesce(%(note)s, decision_note)
WHERE id = %(id)s;

-- name: list
SELECT id, kind, undoes, status, layer, source, source_date, file_name, received_at, received_by, counts
FROM core.delivery WHERE CAST(%(layer)s AS text) IS NULL OR layer = %(layer)s
ORDER BY id DESC LIMIT %(most)s;
