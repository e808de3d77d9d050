-- name: officers
SELECT username, display_name FROM core.account
WHERE disabled_at IS NULL AND role = ANY (CAST(%(roles)s AS text[])) AND unit_code = ANY (CAST(%(units)s AS text[]))
ORDER BY display_name, username LIMIT 500;

-- name: assign
UPDATE casework.case_file SET assigned_to = %(to)s, version = version + 1 WHERE id = %(case_id)s RETURNING version;
