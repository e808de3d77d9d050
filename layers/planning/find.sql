-- name: units
SELECT code, generation, full_name, depth FROM layer.units_named(%(unit)s);

-- name: unit_in_use
SELECT EXISTS (SELECT FROM layer.parcels WHERE unit_code = %(unit)s);
