-- name: by_username
SELECT id, username, display_name, role, unit_code, password_hash, disabled_at
FROM core.account WHERE lower(username) = lower(%(username)s);

-- name: signed_in
UPDATE core.account SET last_sign_in_at = now(), password_hash = coalesce(%(renewed_hash)s, password_hash)
WHERE id = %(id)s AND disabled_at IS NULL AND password_hash = %(checked_hash)s
RETURNING id;
