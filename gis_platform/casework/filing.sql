-- name: act
SELECT set_config('role', 'gis_filing', true), set_config('gis.filing', %(key_hash)s, true),
       set_config('gis.actor', %(actor)s, true), set_config('gis.unit', '', true);

-- name: file
INSERT INTO casework.filing (code, key_hash) VALUES (%(code)s, %(key_hash)s) RETURNING code;

-- name: there
SELECT EXISTS (SELECT FROM casework.case_file WHERE code = %(code)s);

-- name: complete
UPDATE casework.filing SET completed_at = clock_timestamp() WHERE code = %(code)s RETURNING code;

-- name: told_complete
SELECT f.completed_at > coalesce((SELECT max(j.at) FROM casework.journal j
                                  WHERE j.case_id = %(case_id)s AND j.action = 'case.moved'), '-infinity')
FROM casework.filing f WHERE f.code = %(code)s;

-- name: notice
INSERT INTO core.notice (kind, subject, unit_code, text_vi, text_en, roles)
VALUES ('case_completed', %(subject)s, %(unit_code)s, %(text_vi)s, %(text_en)s, %(roles)s) ON CONFLICT DO NOTHING;
