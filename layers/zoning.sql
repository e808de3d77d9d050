-- name: grants
GRANT SELECT ON layer.plan_coverage TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward,
    gis_operator, gis_auditor, gis_admin;

-- A zone answers for its own theme and for those its plan shows completely: the ground of all such zones,
-- cut small for the index. Zones touch, so a centimetre closes the cracks between them. Zones that answer for
-- the same are put together once, however many themes that is.
-- name: after_delivery
WITH emptied AS (
    DELETE FROM layer.plan_coverage
), zones AS (
    SELECT z.plan_code, z.plan_name, z.plan_level, z.source_date, z.geom,
           coalesce(d.synthetic, false) AS synthetic,
           ARRAY(SELECT z.theme UNION SELECT unnest(z.plan_themes) ORDER BY 1) AS themes
    FROM layer.zoning z LEFT JOIN core.delivery d ON d.id = z.delivery_id
), ground AS (
    SELECT plan_code, themes, min(plan_name) AS plan_name, min(plan_level) AS plan_level,
           min(source_date) AS source_date, bool_or(synthetic) AS synthetic, ST_Union(geom, 0.01) AS geom
    FROM zones GROUP BY plan_code, themes
), answered AS (
    SELECT g.plan_code, t.theme, min(g.plan_name) AS plan_name, min(g.plan_level) AS plan_level,
           min(g.source_date) AS source_date, bool_or(g.synthetic) AS synthetic,
           ST_Union(g.geom, 0.01) AS geom
    FROM ground g CROSS JOIN LATERAL unnest(g.themes) AS t (theme)
    GROUP BY g.plan_code, t.theme
)
INSERT INTO layer.plan_coverage (plan_code, plan_name, plan_level, theme, source_date, synthetic, geom)
SELECT a.plan_code, a.plan_name, a.plan_level, a.theme, a.source_date, a.synthetic, part.geom
FROM answered a, ST_Subdivide(a.geom, 64) AS part (geom)
WHERE ST_Dimension(part.geom) = 2;
