-- name: size
SELECT count(*) FROM core.audit_entry;

-- name: entries
-- What only tampering can bring (a null, a time out of range) becomes a value that fails the check.
SELECT seq,
    CASE WHEN at BETWEEN '2000-01-01' AND '9999-01-01'
        THEN CAST(extract(epoch FROM at) * 1000000 AS bigint) ELSE 0 END AS at_us,
    coalesce(actor, '(null)') AS actor, coalesce(role, '(null)') AS role, coalesce(action, '(null)') AS action,
    coalesce(subject, '(null)') AS subject, coalesce(CAST(detail AS text), '(null)') AS detail,
    coalesce(previous, '') AS previous, coalesce(hash, '') AS hash
FROM core.audit_entry
ORDER BY seq;

-- name: head
SELECT seq, hash FROM core.audit_entry ORDER BY seq DESC LIMIT 1;
