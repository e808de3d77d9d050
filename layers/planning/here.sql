-- What lies at a point, in one statement: the parcels there with every zone that shares ground with them, the
-- zones at the point itself, and how old each of these is. Made for phones: no geometry.
-- name: here
WITH spot AS MATERIALIZED (
    SELECT ST_Transform(ST_SetSRID(ST_MakePoint(CAST(%(lon)s AS double precision), CAST(%(lat)s AS double precision)), 4326),
                        CAST(%(srid)s AS integer)) AS geom
), parcel AS MATERIALIZED (
    SELECT p.*, ST_Area(p.geom) AS ground_m2,
           greatest(p.source_date, core.confirmed_on('parcels', p.id)) AS stated_on
    FROM layer.parcels p, spot WHERE p.geom && spot.geom AND ST_Intersects(p.geom, spot.geom)
    ORDER BY p.id LIMIT 20
), hit AS MATERIALIZED (
    SELECT p.id AS parcel_id, z.id, z.theme, z.title, z.function_code, z.function_name, z.max_density_pct, z.floors_max,
           z.height_max_m, z.far_max, z.setback_m, z.plan_name, z.plan_level, z.decision_no, z.decision_date,
           z.legal_basis, greatest(z.source_date, core.confirmed_on('zoning', z.id)) AS stated_on, z.delivery_id, p.ground_m2,
           ST_Area(ST_CollectionExtract(ST_Intersection(z.geom, p.geom), 3)) AS area_m2
    FROM parcel p JOIN layer.zoning z ON z.geom && p.geom AND ST_Intersects(z.geom, p.geom)
    UNION ALL
    SELECT NULL, z.id, z.theme, z.title, z.function_code, z.function_name, z.max_density_pct, z.floors_max,
           z.height_max_m, z.far_max, z.setback_m, z.plan_name, z.plan_level, z.decision_no, z.decision_date,
           z.legal_basis, greatest(z.source_date, core.confirmed_on('zoning', z.id)), z.delivery_id, NULL, NULL
    FROM spot JOIN layer.zoning z ON z.geom && spot.geom AND ST_Intersects(z.geom, spot.geom)
    WHERE NOT EXISTS (SELECT FROM parcel)
), ages AS (
    SELECT 'parcels' AS layer, min(stated_on) AS source_date FROM parcel
    UNION ALL
    SELECT 'zoning', min(stated_on) FROM hit
)
SELECT convert_to(json_build_object(
    'parcels', coalesce((SELECT json_agg(json_build_object(
        'id', p.id, 'identifier', p.identifier, 'unit_code', p.unit_code, 'sheet_no', p.sheet_no,
        'parcel_no', p.parcel_no, 'legal_area_m2', p.legal_area_m2,
        'computed_area_m2', round(CAST(p.ground_m2 AS numeric), 2), 'land_uses', p.land_uses, 'address', p.address,
        'source_date', p.stated_on) ORDER BY p.id) FROM parcel p), '[]'),
    'zones', coalesce((SELECT json_agg(json_build_object(
        'id', h.id, 'parcel_id', h.parcel_id, 'theme', h.theme, 'title', h.title, 'function_code', h.function_code,
        'function_name', h.function_name, 'area_m2', round(CAST(h.area_m2 AS numeric), 2),
        'share', CASE WHEN h.parcel_id IS NOT NULL THEN round(CAST(least(h.area_m2 / h.ground_m2, 1) AS numeric), 6) END,
        'max_density_pct', h.max_density_pct, 'floors_max', h.floors_max, 'height_max_m', h.height_max_m,
        'far_max', h.far_max, 'setback_m', h.setback_m, 'plan_name', h.plan_name, 'plan_level', h.plan_level,
        'decision_no', h.decision_no, 'decision_date', h.decision_date, 'legal_basis', h.legal_basis,
        'source_date', h.stated_on) ORDER BY h.parcel_id, h.theme, h.area_m2 DESC, h.id)
        FROM hit h WHERE h.area_m2 IS NULL OR h.area_m2 > 0), '[]'),
    'sources', (SELECT json_agg(json_build_object(
        'layer', a.layer, 'source_date', a.source_date,
        'age_days', CAST(%(today)s AS date) - a.source_date,
        'overdue', CAST(%(today)s AS date) - a.source_date > CASE a.layer
            WHEN 'parcels' THEN CAST(%(parcels_cycle)s AS integer) ELSE CAST(%(zoning_cycle)s AS integer) END)
        ORDER BY a.layer) FROM ages a),
    'synthetic', EXISTS (SELECT FROM core.delivery d WHERE d.synthetic AND d.id IN
        (SELECT delivery_id FROM parcel UNION ALL SELECT delivery_id FROM hit))
    )::text, 'UTF8')
