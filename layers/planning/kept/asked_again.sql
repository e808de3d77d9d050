-- Parcels by number and sheet, as they are called on a day.
-- name: names
SELECT u.id, p.sheet_no, p.parcel_no
FROM unnest(CAST(%(ids)s AS bigint[])) AS u (id)
CROSS JOIN LATERAL (
    SELECT a.sheet_no, a.parcel_no
    FROM layer.parcels_at(CAST(%(as_of)s AS date), CAST(%(known_at)s AS timestamptz)) a WHERE a.id = u.id LIMIT 1) p;
