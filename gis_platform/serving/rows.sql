-- Braces are places for identifiers.

-- name: versions
(
    SELECT {columns} FROM {current} WHERE valid_from <= CAST(%(as_of)s AS date) AND recorded_from <= CAST(%(known_at)s AS timestamptz)
    UNION ALL
    SELECT {columns} FROM {history}
    WHERE valid_period @> CAST(%(as_of)s AS date) AND recorded_period @> CAST(%(known_at)s AS timestamptz)
)

-- Each feature once: the newest of its versions that held at some time of the period.
-- name: versions_of_period
(
    SELECT {columns} FROM {current} WHERE valid_from <= CAST(%(as_of)s AS date) AND recorded_from <= CAST(%(known_at)s AS timestamptz)
    UNION ALL
    SELECT {columns} FROM {history} h
    WHERE h.valid_period && daterange(CAST(%(since)s AS date), CAST(%(as_of)s AS date), '[]')
      AND h.recorded_period @> CAST(%(known_at)s AS timestamptz)
      AND NOT EXISTS (SELECT FROM {current} n WHERE n.id = h.id AND n.valid_from <= CAST(%(as_of)s AS date)
                      AND n.recorded_from <= CAST(%(known_at)s AS timestamptz))
      AND NOT EXISTS (SELECT FROM {history} n WHERE n.id = h.id
                      AND lower(n.valid_period) > lower(h.valid_period)
                      AND lower(n.valid_period) <= CAST(%(as_of)s AS date)
                      AND n.recorded_period @> CAST(%(known_at)s AS timestamptz))
)

-- name: inside_box
t.geom && {box} AND ST_Intersects(t.geom, {box})

-- name: box
ST_Transform(ST_GeomFromText(%(box)s, {box_srid}), {srid})
