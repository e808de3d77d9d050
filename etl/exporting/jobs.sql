-- name: open
SELECT id FROM core.export WHERE state IN ('waiting', 'running') AND expires_at > now() ORDER BY requested_at;

-- name: forget
DELETE FROM core.export WHERE expires_at <= now();

-- name: known
SELECT id FROM core.export;
