-- Long streets are cut to the ground around the lot: only that part is measured. Half as far again as is looked for,
-- so that where the cut is made can never matter.
-- Rules are told where the caller has not read them before: rows are only ever added and closed, so that their two
-- numbers in a database tell each state of the table from every other.
-- One whose width nobody stated is near within 15 m: it may be that wide.
-- name: surroundings
SELECT rules.version AS rules_version,
       CASE WHEN rules.version IS DISTINCT FROM CAST(%(known_rules)s AS text)
            THEN core.rules_on(CAST(%(codes)s AS text[]), CAST(%(day)s AS date), CAST(%(known_at)s AS timestamptz)) END AS rules,
       core.working_srid() AS srid, (
    SELECT json_agg(json_build_object(
        'lot', lot.id, 'id', s.id, 'name', s.name, 'kind', s.kind, 'width_m', s.width_m,
        'planned_width_m', s.planned_width_m, 'source_date', s.source_date, 'synthetic', coalesce(d.synthetic, false),
        'line', encode(ST_AsBinary(ST_ClipByBox2D(s.geom, ST_Expand(lot.geom, 1.5 * CAST(%(reach)s AS double precision)))), 'hex'))
        ORDER BY lot.id, s.id)
    FROM (
        SELECT p.id, p.geom
        FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
        WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
    ) lot
    JOIN layer.streets s ON s.geom && ST_Expand(lot.geom, CAST(%(reach)s AS double precision))
    CROSS JOIN LATERAL (SELECT least(
        coalesce(greatest(s.width_m, s.planned_width_m) / 2 + 5, 15), CAST(%(reach)s AS double precision)) AS m) within
    LEFT JOIN core.delivery d ON d.id = s.delivery_id
    -- The box first: of ten streets whose reach may come so far, three do, and to measure takes a hundred times as long.
    WHERE s.geom && ST_Expand(lot.geom, within.m) AND ST_DWithin(s.geom, lot.geom, within.m)
) AS streets
FROM (
    SELECT concat_ws('.', (SELECT oid FROM pg_database WHERE datname = current_database()), count(*), count(recorded_to))
    FROM core.rule
) rules (version);
