-- name: due
SELECT workflow, unit_code, count(*) FILTER (WHERE due_on < %(today)s) AS overdue,
       count(*) FILTER (WHERE due_on = %(today)s) AS today
FROM casework.case_file WHERE closed_at IS NULL AND due_sort <= %(today)s
GROUP BY workflow, unit_code ORDER BY workflow, unit_code;

-- name: online
SELECT c.workflow, c.unit_code, count(*) AS count
FROM casework.case_file c JOIN jsonb_each_text(CAST(%(first)s AS jsonb)) w ON w.key = c.workflow AND w.value = c.state
WHERE c.closed_at IS NULL AND c.channel = 'online'
GROUP BY c.workflow, c.unit_code ORDER BY c.workflow, c.unit_code;

-- name: completed
SELECT c.code, c.workflow, c.unit_code FROM casework.filing f JOIN casework.case_file c ON c.code = f.code
WHERE c.closed_at IS NULL AND c.waiting
  AND f.completed_at > (SELECT max(j.at) FROM casework.journal j WHERE j.case_id = c.id AND j.action = 'case.moved')
ORDER BY c.due_sort, c.id LIMIT %(most)s;

-- name: changed
SELECT c.code, c.unit_code FROM casework.case_file c LEFT JOIN {table} t ON t.id = c.subject_id
WHERE c.closed_at IS NULL AND c.workflow = %(workflow)s AND c.subject_layer = %(layer)s
  AND t.recorded_from IS DISTINCT FROM c.subject_seen
ORDER BY c.due_sort, c.id LIMIT %(most)s;

-- name: clear
UPDATE core.notice n SET cleared_at = now()
WHERE n.cleared_at IS NULL AND n.kind = ANY (CAST(%(kinds)s AS text[]))
  AND NOT EXISTS (SELECT FROM jsonb_to_recordset(CAST(%(wanted)s AS jsonb)) w (kind text, subject text)
                  WHERE w.kind = n.kind AND w.subject = n.subject);

-- name: raise
INSERT INTO core.notice AS n (kind, subject, layer, unit_code, text_vi, text_en, roles)
SELECT w.kind, w.subject, w.layer, w.unit_code, w.text_vi, w.text_en, w.roles
FROM jsonb_to_recordset(CAST(%(wanted)s AS jsonb))
    w (kind text, subject text, layer text, unit_code text, text_vi text, text_en text, roles text[])
ON CONFLICT (kind, subject) WHERE cleared_at IS NULL
DO UPDATE SET text_vi = excluded.text_vi, text_en = excluded.text_en, roles = excluded.roles
WHERE (n.text_vi, n.text_en, n.roles) IS DISTINCT FROM (excluded.text_vi, excluded.text_en, excluded.roles);

-- name: act_as
SELECT set_config('role', %(role)s, true), set_config('gis.unit', '*', true);

-- name: act_as_oneself
SELECT set_config('role', 'none', true), set_config('gis.unit', '', true);
