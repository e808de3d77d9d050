-- name: alike
SELECT c.code, c.state, c.opened_at, c.channel FROM casework.case_file c
WHERE c.closed_at IS NULL AND c.subject_layer = %(layer)s AND c.subject_id = %(feature)s AND c.workflow = %(workflow)s
  AND c.id <> %(case_id)s
  AND (CAST(%(kind)s AS text) IS NULL OR c.details ->> CAST(%(kind)s AS text) = CAST(%(of_kind)s AS text))
ORDER BY c.opened_at, c.id LIMIT 20;
