-- name: by_subject
SELECT id, username, display_name, role, unit_code, password_hash, disabled_at
FROM core.account WHERE oidc_issuer = %(issuer)s AND oidc_subject = %(subject)s;

-- name: role_from_issuer
SELECT role_from_issuer FROM core.account WHERE id = %(id)s;

-- name: add
INSERT INTO core.account (username, display_name, role, oidc_issuer, oidc_subject, role_from_issuer)
VALUES (%(username)s, %(display_name)s, %(role)s, %(issuer)s, %(subject)s, true)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: signed_in
UPDATE core.account SET last_sign_in_at = now(), role = %(role)s
WHERE id = %(id)s AND disabled_at IS NULL
RETURNING id;
