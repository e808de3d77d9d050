-- A unit as a person names it (code or name, any generation), down to the units it was made of.
-- name: units
WITH RECURSIVE named AS (
    SELECT code, generation, full_name, predecessors FROM layer.admin_units
    WHERE code = %(unit)s OR core.fold(full_name) = core.fold(%(unit)s) OR core.fold(name) = core.fold(%(unit)s)
       OR core.fold(full_name) = regexp_replace(core.fold(%(unit)s), '^(p|f|ph)\.? ?([0-9]+)$', 'phuong \2')
), made_of AS (
    SELECT code, generation, full_name, predecessors, 0 AS depth FROM named
    UNION
    SELECT a.code, a.generation, a.full_name, a.predecessors, m.depth + 1
    FROM made_of m
    JOIN layer.admin_units a ON a.code || '@' || a.generation = ANY (m.predecessors)
    WHERE m.depth < 5
)
SELECT code, generation, full_name, depth FROM made_of ORDER BY depth, generation, code;

-- name: unit_in_use
SELECT EXISTS (SELECT FROM layer.parcels WHERE unit_code = %(unit)s);
