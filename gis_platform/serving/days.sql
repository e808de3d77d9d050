-- Braces are places for identifiers.

-- The days on which what holds, as believed now, became otherwise: a version began, or the last of a feature ended.
-- A feature counts once a day. Where a version follows on, the day of its beginning says it already.
-- name: days
SELECT convert_to(coalesce(json_agg(json_build_object('day', d.day, 'features', d.features) ORDER BY d.day), '[]')::text, 'UTF8')
FROM (
    SELECT day, sum(features)::bigint AS features
    FROM (
        SELECT valid_from AS day, count(*) AS features FROM {current} GROUP BY valid_from
        UNION ALL
        SELECT h.day, count(DISTINCT h.id)
        FROM (
            SELECT id, lower(valid_period) AS day FROM {history} WHERE upper_inf(recorded_period) AND NOT isempty(valid_period)
            UNION ALL
            SELECT id, upper(valid_period) FROM {history} WHERE upper_inf(recorded_period) AND NOT isempty(valid_period)
        ) h
        WHERE NOT EXISTS (SELECT FROM {current} c WHERE c.id = h.id AND c.valid_from = h.day)
        GROUP BY h.day
    ) each_kind
    WHERE day IS NOT NULL
    GROUP BY day
) d
