-- Counts by the part in which a change is approved; sizes by the part in which the ground lies, before and after.
-- name: parts
WITH stated AS (
    SELECT {part_s} AS part, {names_s} AS names, count(*) AS read FROM staged s GROUP BY {part_s}
), done AS (
    SELECT part,
           {kinds},
           count(*) AS changes
    FROM change GROUP BY part
), held AS (
    SELECT {part_c} AS part, {names_c} AS names, sum({size_c}) AS size FROM {table} c GROUP BY {part_c}
), taken AS (
    SELECT {part_c} AS part, sum({size_c}) AS size FROM change g JOIN {table} c ON c.id = g.id GROUP BY {part_c}
), given AS (
    SELECT {part_given} AS part, sum({size_s}) AS size, count(*) AS rows
    FROM change g JOIN staged s ON s.row_no = g.row_no GROUP BY {part_given}
), part AS (
    SELECT part FROM stated UNION SELECT part FROM done UNION SELECT part FROM taken UNION SELECT part FROM given
)
SELECT part, coalesce(stated.names, held.names, '{{}}') AS names, coalesce(stated.read, 0) AS read,
       coalesce(added, 0) AS added, coalesce(changed_geometry, 0) AS changed_geometry,
       coalesce(changed_attributes, 0) AS changed_attributes, coalesce(split, 0) AS split,
       coalesce(merged, 0) AS merged, coalesce(reshaped, 0) AS reshaped, coalesce(renumbered, 0) AS renumbered,
       coalesce(vanished, 0) AS vanished, coalesce(doubtful, 0) AS doubtful,
       greatest(0, coalesce(stated.read, 0) - coalesce(given.rows, 0)) AS unchanged,
       coalesce(held.size, 0) AS size_before,
       coalesce(held.size, 0) - coalesce(taken.size, 0) + coalesce(given.size, 0) AS size_after,
       count(*) OVER () AS parts
FROM part LEFT JOIN stated USING (part) LEFT JOIN done USING (part) LEFT JOIN held USING (part)
LEFT JOIN taken USING (part) LEFT JOIN given USING (part)
ORDER BY coalesce(changes, 0) > 0 DESC, part LIMIT %(most)s;

-- name: names
jsonb_build_object({pairs})

-- name: name
{title}, min({of})
