-- name: move
UPDATE casework.case_file
SET state = %(state)s, waiting = %(waiting)s, due_on = %(due_on)s, closed_at = %(closed_at)s,
    subject_seen = %(subject_seen)s, version = version + 1,
    outcome = jsonb_strip_nulls(outcome || CAST(%(outcome)s AS jsonb))
WHERE id = %(case_id)s RETURNING version;
