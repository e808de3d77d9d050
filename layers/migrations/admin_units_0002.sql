-- A name is looked up in an index: to fold every unit's names three times took longer than the parcel that was asked for.
CREATE INDEX admin_units_full_name ON layer.admin_units (core.fold(full_name));
CREATE INDEX admin_units_name ON layer.admin_units (core.fold(name));

CREATE OR REPLACE FUNCTION layer.units_named(asked text)
RETURNS TABLE (code text, generation integer, full_name text, depth integer)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE made_of AS (
        SELECT a.code, a.generation, a.full_name, a.predecessors, 0 AS depth
        FROM layer.admin_units a
        WHERE a.id IN (
            SELECT c.id FROM layer.admin_units c WHERE c.code = asked
            UNION ALL
            SELECT n.id FROM layer.admin_units n WHERE core.fold(n.name) = core.fold(asked)
            UNION ALL
            SELECT f.id FROM layer.admin_units f
            WHERE core.fold(f.full_name) = ANY (ARRAY[
                core.fold(asked), regexp_replace(core.fold(asked), '^(p|f|ph)[. ]*([0-9]+)$', 'phuong \2')]))
        UNION
        SELECT a.code, a.generation, a.full_name, a.predecessors, m.depth + 1
        FROM made_of m
        CROSS JOIN LATERAL unnest(m.predecessors) AS was (unit)
        JOIN layer.admin_units a ON a.code = split_part(was.unit, '@', 1)
                                AND CAST(a.generation AS text) = split_part(was.unit, '@', 2)
        WHERE m.depth < 5
    )
    SELECT m.code, m.generation, m.full_name, min(m.depth)
    FROM made_of m GROUP BY m.code, m.generation, m.full_name ORDER BY 4, 2, 1
$$;
