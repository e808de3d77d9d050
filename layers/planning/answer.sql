-- What a parcel is, with the unit it is filed under and the ward it lies in today. What core.confirmed_on() tells is
-- written out: a function with a query in it is a query of its own for each row.
-- name: parcels
SELECT p.id, p.identifier, p.unit_code, filed.full_name AS unit_name, today.full_name AS unit_now,
       p.sheet_no, p.parcel_no, p.old_sheet_no, p.old_parcel_no, p.legal_area_m2, p.measured_area_m2,
       round(CAST(ST_Area(p.geom) AS numeric), 2)::double precision AS computed_area_m2,
       p.land_uses, p.status, p.address,
       greatest(p.source_date, stated.again_on) AS source_date, coalesce(d.synthetic, false) AS synthetic,
       ST_AsGeoJSON(ST_Transform(p.geom, 4326), 8)::json AS geometry, ST_AsBinary(p.geom) AS wkb
FROM layer.parcels p
LEFT JOIN core.delivery d ON d.id = p.delivery_id
CROSS JOIN LATERAL (
    SELECT max(c.source_date) AS again_on FROM core.delivery c
    WHERE c.layer = 'parcels' AND c.status = 'applied' AND c.confirmed @> p.id
) stated
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(p.geom) AS point OFFSET 0) inside
LEFT JOIN LATERAL (
    SELECT a.full_name FROM layer.admin_units a
    WHERE a.code = p.unit_code AND a.geom && inside.point AND ST_Intersects(a.geom, inside.point)
    ORDER BY a.generation LIMIT 1
) filed ON true
LEFT JOIN LATERAL (
    SELECT a.full_name FROM layer.admin_units a
    WHERE a.generation = %(generation)s AND a.geom && inside.point AND ST_Intersects(a.geom, inside.point)
    ORDER BY a.code LIMIT 1
) today ON true
WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
ORDER BY p.unit_code, p.id;

-- Every zone that shares ground with a parcel; one that only touches an edge shares none. It governs unless
-- more detailed plans (`levels` are from the most detailed down) treat its theme on all of that ground.
-- `ground` is that on which it does. OFFSET 0 keeps a geometry from being cut once for each time it is named.
-- name: hits
SELECT p.id AS parcel_id, z.id AS feature_id, z.theme, z.title, z.function_code, z.function_name,
       z.plan_code, z.plan_name, z.plan_level, z.decision_no, z.decision_date, z.scale,
       size.area_m2, size.area_m2 / ST_Area(p.geom) AS share,
       coalesce(ST_Area(detailed.geom), 0)
           < size.area_m2 - least(CAST(%(tolerance)s AS double precision), size.area_m2 / 2) AS governs,
       z.max_density_pct, z.floors_min, z.floors_max, z.height_max_m, z.far_max, z.red_line_m,
       z.building_line_m, z.setback_m, z.ground_level_m, z.legal_basis,
       greatest(z.source_date, stated.again_on) AS source_date,
       coalesce(d.synthetic, false) AS synthetic,
       ST_AsBinary(CASE WHEN detailed.geom IS NULL THEN shared.geom
                        ELSE ST_Difference(shared.geom, detailed.geom) END) AS ground
FROM layer.parcels p
JOIN layer.zoning z ON z.geom && p.geom AND ST_Intersects(z.geom, p.geom)
LEFT JOIN core.delivery d ON d.id = z.delivery_id
CROSS JOIN LATERAL (
    SELECT max(c.source_date) AS again_on FROM core.delivery c
    WHERE c.layer = 'zoning' AND c.status = 'applied' AND c.confirmed @> z.id
) stated
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(z.geom, p.geom), 3) AS geom OFFSET 0) shared
CROSS JOIN LATERAL (SELECT ST_Area(shared.geom) AS area_m2 OFFSET 0) size
CROSS JOIN LATERAL (
    SELECT ST_Union(ST_Intersection(c.geom, shared.geom)) AS geom
    FROM layer.plan_coverage c
    WHERE c.theme = z.theme AND c.geom && shared.geom AND ST_Intersects(c.geom, shared.geom)
      AND array_position(CAST(%(levels)s AS text[]), c.plan_level)
          < array_position(CAST(%(levels)s AS text[]), z.plan_level)
) detailed
WHERE p.id = ANY (CAST(%(ids)s AS bigint[])) AND size.area_m2 > 0
ORDER BY p.id, z.theme, size.area_m2 DESC, z.id;

-- How much of a parcel all plans together cover for each theme, and which plans those are.
-- name: coverage
SELECT p.id AS parcel_id, c.theme, array_agg(DISTINCT c.plan_name ORDER BY c.plan_name) AS plans,
       min(c.source_date) AS source_date, bool_or(c.synthetic) AS synthetic,
       ST_Area(ST_Union(shared.geom)) AS covered_m2
FROM layer.parcels p
JOIN layer.plan_coverage c ON c.geom && p.geom AND ST_Intersects(c.geom, p.geom)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(c.geom, p.geom), 3) AS geom OFFSET 0) shared
WHERE p.id = ANY (CAST(%(ids)s AS bigint[])) AND NOT ST_IsEmpty(shared.geom)
GROUP BY p.id, c.theme
ORDER BY p.id, c.theme;
