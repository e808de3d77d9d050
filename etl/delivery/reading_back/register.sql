-- name: listed
SELECT d.id, d.kind, d.undoes, d.layer, d.source, d.sender, d.source_date, d.file_name, d.size_bytes,
       d.received_at, d.received_by, d.status, coalesce(p.step, '') AS step, coalesce(p.rows_done, 0) AS rows_done, p.rows_total,
       extract(epoch FROM clock_timestamp() - p.step_began_at) AS step_seconds,
       d.counts, d.findings, d.decided_at, d.decided_by, d.applied_moments, d.synthetic
FROM core.delivery d LEFT JOIN core.delivery_progress p ON p.delivery_id = d.id
WHERE (CAST(%(layer)s AS text) IS NULL OR d.layer = %(layer)s)
  AND (CAST(%(statuses)s AS text[]) IS NULL OR d.status = ANY (%(statuses)s))
  AND (CAST(%(after)s AS bigint) IS NULL OR d.id < %(after)s)
ORDER BY d.id DESC LIMIT %(limit)s;

-- name: one
SELECT d.id, d.kind, d.undoes, d.layer, d.source, d.sender, d.source_date, d.file_name, d.size_bytes,
       encode(d.sha256, 'hex') AS sha256, d.kept_file, d.kept_file IS NOT NULL AS file_kept,
       d.received_at, d.received_by, d.status, coalesce(p.step, '') AS step, coalesce(p.rows_done, 0) AS rows_done, p.rows_total,
       extract(epoch FROM clock_timestamp() - p.step_began_at) AS step_seconds,
       d.counts, d.findings, d.summary, d.impact, d.asked, d.options, d.approved_parts, d.applied_parts,
       d.prepared_at, d.decided_at, d.decided_by, d.decision_note, d.applied_moments, d.synthetic,
       (SELECT r.id FROM core.delivery r WHERE r.undoes = d.id AND r.status = 'applied'
        ORDER BY r.id DESC LIMIT 1) AS undone_by
FROM core.delivery d LEFT JOIN core.delivery_progress p ON p.delivery_id = d.id WHERE d.id = %(delivery)s;

-- name: is_open
SELECT EXISTS (
    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %(schema)s AND c.relname = 'change' AND has_schema_privilege(n.oid, 'USAGE')
      AND has_table_privilege(c.oid, 'SELECT')) AS is_open;

-- What hangs together by a group is one case.
-- name: doubts
SELECT count(*) FILTER (WHERE group_no IS NULL) + count(DISTINCT group_no) AS found,
       count(*) FILTER (WHERE group_no IS NULL AND decision IS NULL)
       + count(DISTINCT group_no) FILTER (WHERE decision IS NULL) AS waiting
FROM {change} WHERE confidence < %(sure)s;

-- name: faults
SELECT f.number, f.code, f.severity, f.row_no, f.fid, f.id AS feature, f.text_vi, f.text_en,
       CAST(ST_AsGeoJSON(ST_Transform(f.geom, 4326), 7) AS jsonb) AS geometry
FROM core.delivery_fault f
WHERE f.delivery_id = %(delivery)s AND (CAST(%(code)s AS text) IS NULL OR f.code = %(code)s)
  AND f.number > %(after)s
ORDER BY f.number LIMIT %(limit)s;
