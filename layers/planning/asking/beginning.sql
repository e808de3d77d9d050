-- The first day for which anything is on record, as believed at a moment; null where nothing is. Each smallest is read
-- from the beginning of an index.
-- name: parcels
SELECT least(
    (SELECT min(valid_from) FROM layer.parcels WHERE recorded_from <= CAST(%(known_at)s AS timestamptz)),
    (SELECT min(lower(valid_period)) FROM layer.parcels_history
     WHERE recorded_period @> CAST(%(known_at)s AS timestamptz))) AS begins;

-- name: zoning
SELECT least(
    (SELECT min(valid_from) FROM layer.zoning WHERE recorded_from <= CAST(%(known_at)s AS timestamptz)),
    (SELECT min(lower(valid_period)) FROM layer.zoning_history
     WHERE recorded_period @> CAST(%(known_at)s AS timestamptz))) AS begins;
