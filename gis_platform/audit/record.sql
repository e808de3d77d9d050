-- name: act_as
SELECT set_config('gis.actor', %(actor)s, true);

-- name: append
SELECT core.audit_append(%(action)s, %(subject)s, CAST(%(detail)s AS jsonb)) AS seq;
