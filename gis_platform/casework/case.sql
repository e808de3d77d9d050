-- name: find
SELECT id, code, workflow, state, unit_code, place, details, outcome, subject_layer, subject_id, subject_seen, channel,
       assigned_to, version, waiting, due_on, opened_at, opened_by, closed_at, synthetic
FROM casework.case_file WHERE code = %(code)s;

-- name: hold
SELECT id, code, workflow, state, unit_code, place, details, outcome, subject_layer, subject_id, subject_seen, channel,
       assigned_to, version, waiting, due_on, opened_at, opened_by, closed_at, synthetic
FROM casework.case_file WHERE code = %(code)s FOR UPDATE;

-- name: last_change
SELECT actor, at FROM casework.journal WHERE case_id = %(case_id)s AND action <> 'clock.recounted'
ORDER BY seq DESC LIMIT 1;
