-- name: grants
GRANT EXECUTE ON FUNCTION layer.traffic_summary(date, date), layer.urban_order_summary(date, date)
    TO gis_public, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_auditor, gis_admin;

-- Cases detected from the first day to the last, both of the city, and how far each had come by its end.
-- name: traffic_summary
SELECT detected, notified, recorded, paid, amount_vnd
FROM layer.traffic_summary(CAST(%(from_day)s AS date), CAST(%(to_day)s AS date));

-- name: urban_order_summary
SELECT office, received, done
FROM layer.urban_order_summary(CAST(%(from_day)s AS date), CAST(%(to_day)s AS date));
