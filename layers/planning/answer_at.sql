-- The queries of `answer.sql` for another day: versions that held on it, as believed at a moment. Closed versions
-- keep no copy of what plans cover, so that coverage is made from the zones.
-- name: parcels_on
SELECT p.id, p.identifier, p.unit_code, filed.full_name AS unit_name, today.full_name AS unit_now,
       p.sheet_no, p.parcel_no, p.old_sheet_no, p.old_parcel_no, p.legal_area_m2, p.measured_area_m2,
       round(CAST(ST_Area(p.geom) AS numeric), 2)::double precision AS computed_area_m2,
       p.land_uses, p.status, p.address, p.source_date, coalesce(d.synthetic, false) AS synthetic,
       ST_AsGeoJSON(ST_Transform(p.geom, 4326), 8)::json AS geometry, ST_AsBinary(p.geom) AS wkb
FROM (SELECT id, identifier, unit_code, sheet_no, parcel_no, old_sheet_no, old_parcel_no, legal_area_m2,
             measured_area_m2, land_uses, status, address, source_date, delivery_id, geom
      FROM layer.parcels
      WHERE id = ANY (CAST(%(ids)s AS bigint[])) AND valid_from <= CAST(%(as_of)s AS date)
        AND recorded_from <= CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT id, identifier, unit_code, sheet_no, parcel_no, old_sheet_no, old_parcel_no, legal_area_m2,
             measured_area_m2, land_uses, status, address, source_date, delivery_id, geom
      FROM layer.parcels_history
      WHERE id = ANY (CAST(%(ids)s AS bigint[])) AND valid_period @> CAST(%(as_of)s AS date)
        AND recorded_period @> CAST(%(known_at)s AS timestamptz)) p
LEFT JOIN core.delivery d ON d.id = p.delivery_id
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(p.geom) AS point) inside
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
ORDER BY p.unit_code, p.id;

-- name: hits_on
WITH parcel AS MATERIALIZED (
    SELECT p.id, p.geom FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
    WHERE p.id = ANY (CAST(%(ids)s AS bigint[]))
), zone AS MATERIALIZED (
    SELECT z.id, z.theme, z.title, z.function_code, z.function_name, z.plan_code, z.plan_name, z.plan_level,
           z.plan_themes, z.decision_no, z.decision_date, z.scale, z.max_density_pct, z.floors_min, z.floors_max,
           z.height_max_m, z.far_max, z.red_line_m, z.building_line_m, z.setback_m, z.ground_level_m,
           z.legal_basis, z.source_date, z.delivery_id, z.geom
    FROM layer.zoning z
    WHERE z.valid_from <= CAST(%(as_of)s AS date) AND z.recorded_from <= CAST(%(known_at)s AS timestamptz)
      AND EXISTS (SELECT FROM parcel p WHERE z.geom && p.geom)
    UNION ALL
    SELECT z.id, z.theme, z.title, z.function_code, z.function_name, z.plan_code, z.plan_name, z.plan_level,
           z.plan_themes, z.decision_no, z.decision_date, z.scale, z.max_density_pct, z.floors_min, z.floors_max,
           z.height_max_m, z.far_max, z.red_line_m, z.building_line_m, z.setback_m, z.ground_level_m,
           z.legal_basis, z.source_date, z.delivery_id, z.geom
    FROM layer.zoning_history z
    WHERE z.valid_period @> CAST(%(as_of)s AS date)
      AND z.recorded_period @> CAST(%(known_at)s AS timestamptz)
      AND EXISTS (SELECT FROM parcel p WHERE z.geom && p.geom)
)
SELECT p.id AS parcel_id, z.id AS feature_id, z.theme, z.title, z.function_code, z.function_name,
       z.plan_code, z.plan_name, z.plan_level, z.decision_no, z.decision_date, z.scale,
       size.area_m2, size.area_m2 / ST_Area(p.geom) AS share,
       coalesce(ST_Area(detailed.geom), 0)
           < size.area_m2 - least(CAST(%(tolerance)s AS double precision), size.area_m2 / 2) AS governs,
       z.max_density_pct, z.floors_min, z.floors_max, z.height_max_m, z.far_max, z.red_line_m,
       z.building_line_m, z.setback_m, z.ground_level_m, z.legal_basis, z.source_date,
       coalesce(d.synthetic, false) AS synthetic,
       ST_AsBinary(CASE WHEN detailed.geom IS NULL THEN shared.geom
                        ELSE ST_Difference(shared.geom, detailed.geom) END) AS ground
FROM parcel p
JOIN zone z ON z.geom && p.geom AND ST_Intersects(z.geom, p.geom)
LEFT JOIN core.delivery d ON d.id = z.delivery_id
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(z.geom, p.geom), 3) AS geom OFFSET 0) shared
CROSS JOIN LATERAL (SELECT ST_Area(shared.geom) AS area_m2 OFFSET 0) size
CROSS JOIN LATERAL (
    SELECT ST_Union(ST_Intersection(c.geom, shared.geom)) AS geom
    FROM zone c
    WHERE z.theme IN (SELECT c.theme UNION ALL SELECT unnest(c.plan_themes))
      AND c.geom && shared.geom AND ST_Intersects(c.geom, shared.geom)
      AND array_position(CAST(%(levels)s AS text[]), c.plan_level)
          < array_position(CAST(%(levels)s AS text[]), z.plan_level)
) detailed
WHERE size.area_m2 > 0
ORDER BY p.id, z.theme, size.area_m2 DESC, z.id;

-- Zones touch: a centimetre closes the cracks between them, as where coverage is kept.
-- name: coverage_on
SELECT p.id AS parcel_id, t.theme, array_agg(DISTINCT z.plan_name ORDER BY z.plan_name) AS plans,
       min(z.source_date) AS source_date, bool_or(coalesce(d.synthetic, false)) AS synthetic,
       ST_Area(ST_Union(shared.geom, 0.01)) AS covered_m2
FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) p
JOIN (SELECT plan_name, theme, plan_themes, source_date, delivery_id, geom FROM layer.zoning
      WHERE valid_from <= CAST(%(as_of)s AS date) AND recorded_from <= CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT plan_name, theme, plan_themes, source_date, delivery_id, geom FROM layer.zoning_history
      WHERE valid_period @> CAST(%(as_of)s AS date)
        AND recorded_period @> CAST(%(known_at)s AS timestamptz)) z
  ON z.geom && p.geom AND ST_Intersects(z.geom, p.geom)
LEFT JOIN core.delivery d ON d.id = z.delivery_id
CROSS JOIN LATERAL (SELECT z.theme UNION SELECT unnest(z.plan_themes)) t (theme)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(z.geom, p.geom), 3) AS geom OFFSET 0) shared
WHERE p.id = ANY (CAST(%(ids)s AS bigint[])) AND NOT ST_IsEmpty(shared.geom)
GROUP BY p.id, t.theme
ORDER BY p.id, t.theme;
