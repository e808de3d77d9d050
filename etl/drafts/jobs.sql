-- What somebody is to do, and nobody does: of what is worked on, its process holds the lock.
-- name: waiting
SELECT id FROM planning.draft
WHERE state IN ('waiting', 'working') AND pg_try_advisory_xact_lock(7815021, CAST(id AS integer))
ORDER BY id;

-- name: known
SELECT id FROM planning.draft;
