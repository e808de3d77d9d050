-- name: grants
GRANT EXECUTE ON FUNCTION layer.traffic_summary(timestamptz, timestamptz),
    layer.urban_order_summary(timestamptz, timestamptz)
    TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;

-- Cases detected in the period, and how far each had come by its end.
-- name: traffic_summary
SELECT detected, notified, recorded, paid, amount_vnd
FROM layer.traffic_summary(CAST(%(from_at)s AS timestamptz), CAST(%(to_at)s AS timestamptz));

-- name: urban_order_summary
SELECT office, received, done
FROM layer.urban_order_summary(CAST(%(from_at)s AS timestamptz), CAST(%(to_at)s AS timestamptz));
