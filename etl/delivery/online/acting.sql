-- name: act_as
SELECT set_config('role', %(role)s, true), set_config('gis.actor', %(actor)s, true);
