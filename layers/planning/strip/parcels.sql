-- Parcels that share more with the strip than two maps differ by. The strip is cut into pieces of few corners, or each
-- parcel would be cut with all of a long street. `taken` is ground between the street's planned lines and of planned
-- roads that plans draw as zones, where they govern (as in `hits` of the answer); shared ground counts once.
-- name: within
WITH piece AS MATERIALIZED (
    SELECT ST_Subdivide(CAST(%(strip)s AS geometry), 48) AS geom
), reserve AS MATERIALIZED (
    SELECT z.theme, z.plan_level, z.geom
    FROM layer.zoning_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) z
    WHERE z.theme = 'road_reserve' AND z.geom && CAST(%(strip)s AS geometry)
      AND ST_Intersects(z.geom, CAST(%(strip)s AS geometry))
), ruled AS MATERIALIZED (
    SELECT c.plan_level, c.geom FROM layer.plan_coverage c
    WHERE c.theme = 'road_reserve' AND c.geom && CAST(%(strip)s AS geometry)
)
SELECT p.id, p.identifier, p.unit_code, p.sheet_no, p.parcel_no, p.address, p.legal_area_m2, p.source_date,
       coalesce(d.synthetic, false) AS synthetic, size.parcel_m2, size.area_m2,
       ST_Distance(p.geom, CAST(%(road)s AS geometry)) AS distance_m, coalesce(taken.area_m2, 0) AS taken_m2,
       ST_X(inside.point) AS lon, ST_Y(inside.point) AS lat
FROM (
    SELECT id, identifier, unit_code, sheet_no, parcel_no, address, legal_area_m2, delivery_id, geom,
           greatest(source_date, core.confirmed_on('parcels', id)) AS source_date
    FROM layer.parcels
    WHERE geom && CAST(%(strip)s AS geometry) AND ST_Intersects(geom, CAST(%(strip)s AS geometry))
      AND valid_from <= CAST(%(as_of)s AS date) AND recorded_from <= CAST(%(known_at)s AS timestamptz)
    UNION ALL
    SELECT id, identifier, unit_code, sheet_no, parcel_no, address, legal_area_m2, delivery_id, geom, source_date
    FROM layer.parcels_history
    WHERE geom && CAST(%(strip)s AS geometry) AND ST_Intersects(geom, CAST(%(strip)s AS geometry))
      AND valid_period @> CAST(%(as_of)s AS date) AND recorded_period @> CAST(%(known_at)s AS timestamptz)
) p
LEFT JOIN core.delivery d ON d.id = p.delivery_id
CROSS JOIN LATERAL (
    SELECT ST_Union(ST_CollectionExtract(ST_Intersection(piece.geom, p.geom), 3)) AS geom
    FROM piece WHERE piece.geom && p.geom AND ST_Intersects(piece.geom, p.geom) OFFSET 0
) shared
CROSS JOIN LATERAL (SELECT ST_Area(p.geom) AS parcel_m2, ST_Area(shared.geom) AS area_m2 OFFSET 0) size
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS point OFFSET 0) inside
LEFT JOIN LATERAL (
    SELECT ST_Area(ST_Union(part.geom)) AS area_m2
    FROM (
        SELECT ST_Intersection(p.geom, CAST(%(road)s AS geometry)) AS geom
        WHERE CAST(%(planned)s AS boolean) AND ST_Intersects(p.geom, CAST(%(road)s AS geometry))
        UNION ALL
        SELECT CASE WHEN detailed.geom IS NULL THEN cut.geom ELSE ST_Difference(cut.geom, detailed.geom) END
        FROM reserve r
        CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(r.geom, shared.geom), 3) AS geom OFFSET 0) cut
        CROSS JOIN LATERAL (
            SELECT ST_Union(ST_Intersection(c.geom, cut.geom)) AS geom FROM ruled c
            WHERE c.geom && cut.geom AND array_position(CAST(%(levels)s AS text[]), c.plan_level)
                  < array_position(CAST(%(levels)s AS text[]), r.plan_level)
        ) detailed
        WHERE r.geom && shared.geom AND ST_Intersects(r.geom, shared.geom)
    ) part
) taken ON true
WHERE size.area_m2 > least(CAST(%(tolerance)s AS double precision), size.parcel_m2 / 2)
ORDER BY distance_m, p.id;

-- name: shapes
SELECT p.id, ST_AsGeoJSON(ST_Transform(p.geom, 4326), 8)::json AS geometry
FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
WHERE p.id = ANY (CAST(%(ids)s AS bigint[]));
