-- name: add
INSERT INTO core.credential (token_hash, kind, account_id, name, scopes, quota_per_day, rate_per_second, note,
    expires_at)
VALUES (%(token_hash)s, 'key', %(account_id)s, %(name)s, %(scopes)s, %(quota_per_day)s, %(rate_per_second)s,
    %(note)s, %(expires_at)s)
ON CONFLICT (lower(name)) WHERE kind = 'key' AND revoked_at IS NULL DO NOTHING
RETURNING id;

-- name: all
SELECT c.name, a.username AS account, a.role, c.scopes, c.quota_per_day,
    CAST(c.rate_per_second AS double precision) AS rate_per_second, c.note, c.created_at, c.expires_at,
    c.revoked_at, a.disabled_at IS NOT NULL AS account_disabled, c.last_used_at,
    coalesce(u.requests, 0) AS requests_today
FROM core.credential c JOIN core.account a ON a.id = c.account_id
    LEFT JOIN core.key_usage u ON u.credential_id = c.id AND u.day = %(today)s
WHERE c.kind = 'key'
ORDER BY lower(c.name), c.created_at;

-- name: resolve
SELECT c.id, c.name, c.scopes, c.quota_per_day, CAST(c.rate_per_second AS double precision) AS rate_per_second,
    c.expires_at, c.expires_at <= now() AS expired, c.revoked_at IS NOT NULL AS revoked,
    a.id AS account_id, a.username, a.display_name, a.role, a.unit_code, a.disabled_at IS NOT NULL AS disabled,
    coalesce(c.last_used_at < now() - interval '5 minutes', true) AS stale
FROM core.credential c JOIN core.account a ON a.id = c.account_id
WHERE c.token_hash = %(token_hash)s AND c.kind = 'key';

-- name: revoke
UPDATE core.credential SET revoked_at = now()
WHERE kind = 'key' AND lower(name) = lower(%(name)s) AND revoked_at IS NULL
RETURNING token_hash, name;
