-- Held as long as the connection that works on it lives: of a killed worker the server lets go by itself.
-- name: hold
SELECT pg_try_advisory_lock(78151, hashtext(%(id)s));

-- name: release
SELECT pg_advisory_unlock(78151, hashtext(%(id)s));

-- name: begin
UPDATE core.export e SET state = 'running', attempts = attempts + 1
WHERE id = %(id)s AND state IN ('waiting', 'running') AND expires_at > now()
RETURNING role, actor, collection, format, asked, attempts,
          account_id IS NULL OR EXISTS (
              SELECT FROM core.account a
              WHERE a.id = e.account_id AND a.disabled_at IS NULL AND a.role = e.role) AS allowed;

-- name: progress
UPDATE core.export
SET attempts = CASE WHEN rows_done < %(rows_done)s THEN 1 ELSE attempts END,
    rows_done = %(rows_done)s, rows_total = greatest(%(rows_total)s, %(rows_done)s)
WHERE id = %(id)s AND expires_at > now()
RETURNING id;

-- name: stopped
UPDATE core.export SET attempts = attempts - 1 WHERE id = %(id)s AND attempts > 0;

-- name: done
UPDATE core.export
SET state = 'done', rows_done = %(rows)s, rows_total = %(rows)s, synthetic = %(synthetic)s, file_name = %(file_name)s,
    size_bytes = %(size_bytes)s, sha256 = %(sha256)s, finished_at = now()
WHERE id = %(id)s AND expires_at > now()
RETURNING id;

-- name: failed
UPDATE core.export SET state = 'failed', reason = %(reason)s, finished_at = now() WHERE id = %(id)s;
