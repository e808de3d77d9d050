-- What somebody is to do, and nobody does: of what is worked on, its process holds the lock of `turns`.
-- name: waiting
SELECT id FROM core.delivery
WHERE status IN ('received', 'preparing', 'approved') AND (kept_file IS NOT NULL OR kind = 'rollback')
  AND pg_try_advisory_xact_lock(7815014, CAST(coalesce(undoes, id) AS integer))
ORDER BY id;
