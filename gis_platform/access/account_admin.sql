-- name: add
INSERT INTO core.account (username, display_name, role, unit_code, password_hash, password_changed_at,
    oidc_issuer, oidc_subject)
VALUES (%(username)s, %(display_name)s, %(role)s, %(unit_code)s, %(password_hash)s,
    CASE WHEN CAST(%(password_hash)s AS text) IS NOT NULL THEN now() END, %(oidc_issuer)s, %(oidc_subject)s)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: all
SELECT username, display_name, role, unit_code, password_hash IS NOT NULL AS has_password,
    oidc_subject IS NOT NULL AS has_issuer, last_sign_in_at, disabled_at
FROM core.account ORDER BY role, lower(username);

-- name: set_password
UPDATE core.account SET password_hash = %(password_hash)s, password_changed_at = now()
WHERE lower(username) = lower(%(username)s)
RETURNING id, username;

-- name: disable
UPDATE core.account SET disabled_at = now()
WHERE lower(username) = lower(%(username)s) AND disabled_at IS NULL
RETURNING id, username;

-- name: enable
UPDATE core.account SET disabled_at = NULL
WHERE lower(username) = lower(%(username)s) AND disabled_at IS NOT NULL
RETURNING id, username;

-- name: known
SELECT 1 FROM core.account WHERE lower(username) = lower(%(username)s);

-- Not its machine keys: no password leads to them, and a disabled account's are refused as long as it is.
-- name: revoke_all
UPDATE core.credential SET revoked_at = now()
WHERE account_id = %(account_id)s AND revoked_at IS NULL AND kind <> 'key';

-- name: set_unit
UPDATE core.account SET unit_code = %(unit_code)s WHERE lower(username) = lower(%(username)s)
RETURNING id, username;
