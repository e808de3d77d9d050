-- name: rules_on
SELECT core.rules_on(CAST(%(codes)s AS text[]), CAST(%(day)s AS date),
                     CAST(%(known_at)s AS timestamptz)) AS told;
