-- name: in_force
SELECT layer, source, sender, cycle_days, grace_days, area, fields, errors, tolerance_m, valid_from, note
FROM core.delivery_contract
WHERE daterange(valid_from, valid_to) @> CAST(%(day)s AS date) ORDER BY layer, source;

-- A contract stated anew takes the place of those that would begin later, too.
-- name: drop_later
DELETE FROM core.delivery_contract
WHERE layer = %(layer)s AND source = %(source)s AND valid_from >= %(day)s;

-- name: end
UPDATE core.delivery_contract SET valid_to = %(day)s
WHERE layer = %(layer)s AND source = %(source)s AND daterange(valid_from, valid_to) @> CAST(%(day)s AS date);

-- name: state
INSERT INTO core.delivery_contract
    (layer, source, sender, cycle_days, grace_days, area, fields, errors, tolerance_m, valid_from, note,
     stated_by)
VALUES
    (%(layer)s, %(source)s, %(sender)s, %(cycle_days)s, %(grace_days)s, CAST(%(area)s AS text[]),
     CAST(%(fields)s AS text[]), CAST(%(errors)s AS text[]), %(tolerance_m)s, %(valid_from)s, %(note)s, %(stated_by)s);

-- name: rasters
SELECT DISTINCT name FROM core.raster ORDER BY name;
