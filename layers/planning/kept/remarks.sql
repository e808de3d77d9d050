-- name: file
SELECT planning.file_remark(%(answer)s, %(line)s, %(said)s);

-- The longest waiting first, then what was closed last.
-- name: list
SELECT r.id, r.answer_id, r.place, r.words, r.filed_at, r.closed_at, r.closed_by, r.resolution, r.outcome, d.document
FROM planning.remark r CROSS JOIN LATERAL planning.shown(r.answer_id) d
WHERE (%(state)s = 'all' OR (r.closed_at IS NULL) = (%(state)s = 'open'))
  AND (CAST(%(unit)s AS text) IS NULL OR r.units @> ARRAY[CAST(%(unit)s AS text)])
  AND (CAST(%(answer)s AS text) IS NULL OR r.answer_id = %(answer)s)
ORDER BY r.closed_at IS NOT NULL, r.closed_at DESC, r.filed_at, r.id LIMIT %(limit)s;

-- name: one
SELECT r.id, r.answer_id, r.place, r.words, r.filed_at, r.closed_at, r.closed_by, r.resolution, r.outcome, d.document
FROM planning.remark r CROSS JOIN LATERAL planning.shown(r.answer_id) d
WHERE r.id = %(remark)s;

-- name: counts
SELECT count(*) FILTER (WHERE closed_at IS NULL) AS open, count(closed_at) AS closed FROM planning.remark;

-- A unit is called as the newest answer of it does.
-- name: units
SELECT n.code, n.remarks, (
    SELECT p ->> 'unit_name'
    FROM planning.shown(n.newest) d, jsonb_array_elements(CAST(d.document AS jsonb) -> 'parcels') p
    WHERE p ->> 'unit_code' = n.code LIMIT 1) AS name
FROM (
    SELECT u.code, count(*) AS remarks, (array_agg(r.answer_id ORDER BY r.id DESC))[1] AS newest
    FROM planning.remark r, unnest(r.units) AS u(code)
    WHERE %(state)s = 'all' OR (r.closed_at IS NULL) = (%(state)s = 'open')
    GROUP BY u.code) n
ORDER BY name, n.code;

-- name: waiting
SELECT count(*) FROM planning.remark WHERE answer_id = %(answer)s AND closed_at IS NULL;

-- name: close
SELECT planning.close_remark(%(remark)s, %(who)s, %(done)s, %(said)s);
