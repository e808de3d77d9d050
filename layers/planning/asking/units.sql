-- The days of a code count only where another generation used it too: what nobody else ever meant needs none.
-- name: named
SELECT u.code, u.generation, a.name, u.full_name, u.depth,
       CASE WHEN EXISTS (SELECT FROM layer.admin_units b WHERE b.code = a.code AND b.generation < a.generation)
            THEN a.existed_from END AS since,
       CASE WHEN EXISTS (SELECT FROM layer.admin_units b WHERE b.code = a.code AND b.generation > a.generation)
            THEN a.existed_to END AS until
FROM layer.units_named(%(unit)s) u JOIN layer.admin_units a USING (code, generation)
ORDER BY u.depth, u.generation, u.code;

-- Which of some texts name a unit.
-- name: unit_names
SELECT t.name FROM unnest(CAST(%(names)s AS text[])) AS t (name)
WHERE EXISTS (SELECT FROM layer.units_named(t.name)) OR EXISTS (SELECT FROM layer.parcels p WHERE p.unit_code = t.name);

-- name: unit_in_use
SELECT EXISTS (SELECT FROM layer.parcels WHERE unit_code = %(unit)s);
