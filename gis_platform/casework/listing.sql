-- The index on due days holds the open cases in this very order: a page reads its rows and stops.
-- name: by_due
SELECT c.id, c.code, c.workflow, c.state, c.unit_code, c.place, c.details, c.outcome, c.subject_layer, c.subject_id, c.subject_seen,
       c.channel, c.assigned_to, c.version, c.waiting, c.due_on, c.opened_at, c.opened_by, c.closed_at, c.synthetic,
       c.due_sort
FROM casework.case_file c
WHERE c.closed_at IS NULL
  AND c.due_sort BETWEEN %(due_from)s AND %(due_to)s
  AND (c.due_sort, c.id) > (CAST(%(after_due)s AS date), CAST(%(after_id)s AS bigint))
  AND (CAST(%(waiting)s AS boolean) IS NULL OR c.waiting = CAST(%(waiting)s AS boolean))
  AND (CAST(%(workflow)s AS text) IS NULL OR c.workflow = CAST(%(workflow)s AS text))
  AND (CAST(%(unit_code)s AS text) IS NULL OR c.unit_code = CAST(%(unit_code)s AS text))
  AND (CAST(%(state)s AS text) IS NULL OR c.state = CAST(%(state)s AS text))
  AND (CAST(%(assigned_to)s AS text) IS NULL OR coalesce(c.assigned_to, '') = CAST(%(assigned_to)s AS text))
  AND (CAST(%(code)s AS text) IS NULL OR c.code = CAST(%(code)s AS text))
  AND (CAST(%(folded)s AS text) IS NULL OR c.place_folded LIKE '%%' || CAST(%(folded)s AS text) || '%%'
       OR (%(people)s AND c.id IN (SELECT a.case_id FROM casework.applicant a
                                   WHERE a.name_folded LIKE '%%' || CAST(%(folded)s AS text) || '%%')))
ORDER BY c.due_sort, c.id LIMIT CAST(%(limit)s AS bigint);

-- name: closed
SELECT c.id, c.code, c.workflow, c.state, c.unit_code, c.place, c.details, c.outcome, c.subject_layer, c.subject_id, c.subject_seen,
       c.channel, c.assigned_to, c.version, c.waiting, c.due_on, c.opened_at, c.opened_by, c.closed_at, c.synthetic,
       c.due_sort
FROM casework.case_file c
WHERE c.closed_at IS NOT NULL
  AND (c.closed_at, c.id) < (CAST(%(after_closed)s AS timestamptz), CAST(%(after_id)s AS bigint))
  AND (CAST(%(workflow)s AS text) IS NULL OR c.workflow = CAST(%(workflow)s AS text))
  AND (CAST(%(unit_code)s AS text) IS NULL OR c.unit_code = CAST(%(unit_code)s AS text))
  AND (CAST(%(state)s AS text) IS NULL OR c.state = CAST(%(state)s AS text))
  AND (CAST(%(assigned_to)s AS text) IS NULL OR coalesce(c.assigned_to, '') = CAST(%(assigned_to)s AS text))
  AND (CAST(%(code)s AS text) IS NULL OR c.code = CAST(%(code)s AS text))
  AND (CAST(%(folded)s AS text) IS NULL OR c.place_folded LIKE '%%' || CAST(%(folded)s AS text) || '%%'
       OR (%(people)s AND c.id IN (SELECT a.case_id FROM casework.applicant a
                                   WHERE a.name_folded LIKE '%%' || CAST(%(folded)s AS text) || '%%')))
ORDER BY c.closed_at DESC, c.id DESC LIMIT CAST(%(limit)s AS bigint);

-- name: counts
SELECT count(*) AS open,
       count(*) FILTER (WHERE c.due_sort < %(today)s) AS overdue,
       count(*) FILTER (WHERE c.due_sort = %(today)s) AS today,
       count(*) FILTER (WHERE c.due_sort > %(today)s AND c.due_sort <= %(soon_until)s) AS soon,
       count(*) FILTER (WHERE c.waiting) AS waiting
FROM casework.case_file c
WHERE c.closed_at IS NULL
  AND (CAST(%(workflow)s AS text) IS NULL OR c.workflow = CAST(%(workflow)s AS text))
  AND (CAST(%(unit_code)s AS text) IS NULL OR c.unit_code = CAST(%(unit_code)s AS text))
  AND (CAST(%(state)s AS text) IS NULL OR c.state = CAST(%(state)s AS text))
  AND (CAST(%(assigned_to)s AS text) IS NULL OR coalesce(c.assigned_to, '') = CAST(%(assigned_to)s AS text));
