-- name: drop_what_the_seed_no_longer_says
DELETE FROM core.calendar_day
WHERE source <> 'administrator' AND day <> ALL(%(day)s::date[])

-- name: write_seed
INSERT INTO core.calendar_day AS kept (day, kind, name, confirmed, source)
SELECT * FROM unnest(%(day)s::date[], %(kind)s::text[], %(name)s::text[], %(confirmed)s::boolean[], %(source)s::text[])
ON CONFLICT (day) DO UPDATE
SET kind = excluded.kind, name = excluded.name, confirmed = excluded.confirmed, source = excluded.source,
    changed_at = now()
WHERE kept.source <> 'administrator'
  AND (kept.kind, kept.name, kept.confirmed, kept.source)
      IS DISTINCT FROM (excluded.kind, excluded.name, excluded.confirmed, excluded.source)
