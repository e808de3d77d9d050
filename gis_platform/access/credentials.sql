-- name: issue
INSERT INTO core.credential (token_hash, kind, account_id, expires_at)
VALUES (%(token_hash)s, %(kind)s, %(account_id)s, now() + CAST(%(lifetime)s AS interval))
RETURNING expires_at;

-- name: resolve
SELECT c.id, a.id AS account_id, a.username, a.display_name, a.role, a.unit_code, c.expires_at,
    coalesce(c.last_used_at < now() - interval '5 minutes', true) AS stale
FROM core.credential c JOIN core.account a ON a.id = c.account_id
WHERE c.token_hash = %(token_hash)s AND c.kind = %(kind)s AND c.revoked_at IS NULL AND c.expires_at > now()
    AND a.disabled_at IS NULL;

-- name: touch
UPDATE core.credential SET last_used_at = now() WHERE id = %(id)s;

-- name: revoke
UPDATE core.credential SET revoked_at = now()
WHERE token_hash = %(token_hash)s AND revoked_at IS NULL
RETURNING account_id;

-- name: forget_old
DELETE FROM core.credential WHERE expires_at < now() - interval '90 days';
