-- name: open
INSERT INTO casework.case_file (code, workflow, state, unit_code, place, details, subject_layer, subject_id,
                                subject_seen, channel, due_on, opened_by, synthetic)
VALUES (%(code)s, %(workflow)s, %(state)s, %(unit_code)s, %(place)s, %(details)s, %(subject_layer)s,
        CAST(%(subject_id)s AS bigint), CAST(%(subject_seen)s AS timestamptz), %(channel)s, %(due_on)s, %(opened_by)s,
        %(synthetic)s)
RETURNING id;

-- name: applicant
INSERT INTO casework.applicant (case_id, workflow, unit_code, name, id_number, phone, email, address, consent,
                                helped_by, agreed, place_words)
VALUES (%(case_id)s, %(workflow)s, %(unit_code)s, %(name)s, %(id_number)s, %(phone)s, %(email)s,
        %(address)s, %(consent)s, %(helped_by)s, %(agreed)s, %(place_words)s);
