-- What a statement says of two rows, `s` staged and `c` in force; put into the statements of this package.

-- name: alike
s.{p} IS NOT DISTINCT FROM c.{p}

-- name: alike_text
s.{p} IS NOT DISTINCT FROM c.{p} OR coalesce(normalize(s.{p}, NFC) = normalize(c.{p}, NFC), false)

-- name: alike_number
s.{p} IS NOT DISTINCT FROM c.{p}
OR coalesce(abs(s.{p} - c.{p}) <= 1e-6 * greatest(abs(s.{p}), abs(c.{p})), false)

-- name: differs
CASE WHEN {alike} THEN NULL ELSE {title} END

-- name: differing
array_remove(CAST(ARRAY[{each}] AS text[]), NULL)

-- Within 1 mm, whatever the order of parts and points. Snapping to a tenth of it answers for nearly all that
-- another format or a way through another grid has moved; only what lies on the edge of a cell needs measuring.
-- name: same_areas
CASE WHEN s.geom = c.geom THEN true
     WHEN NOT (ST_Expand(s.geom, 0.001) ~ c.geom AND ST_Expand(c.geom, 0.001) ~ s.geom) THEN false
     WHEN ST_SnapToGrid(s.geom, 0.0001) = ST_SnapToGrid(c.geom, 0.0001) THEN true
     WHEN ST_Normalize(ST_SnapToGrid(s.geom, 0.0001)) = ST_Normalize(ST_SnapToGrid(c.geom, 0.0001)) THEN true
     WHEN ST_HausdorffDistance(s.geom, c.geom) > 0.001 THEN false
     ELSE ST_Area(ST_SymDifference({usable_s}, {usable_c}))
          <= 0.001 * (ST_Perimeter(s.geom) + ST_Perimeter(c.geom)) END

-- name: same_lines
CASE WHEN s.geom = c.geom THEN true
     WHEN NOT (ST_Expand(s.geom, 0.001) ~ c.geom AND ST_Expand(c.geom, 0.001) ~ s.geom) THEN false
     WHEN ST_SnapToGrid(s.geom, 0.0001) = ST_SnapToGrid(c.geom, 0.0001) THEN true
     WHEN ST_Normalize(ST_SnapToGrid(s.geom, 0.0001)) = ST_Normalize(ST_SnapToGrid(c.geom, 0.0001)) THEN true
     WHEN ST_HausdorffDistance(s.geom, c.geom) > 0.001 THEN false
     ELSE abs(ST_Length(s.geom) - ST_Length(c.geom)) <= 0.002 * ST_NPoints(s.geom) END

-- name: same_points
ST_DWithin(s.geom, c.geom, 0.001)

-- What stands in force may be broken, from before the checks: an overlay must bear it.
-- name: usable
CASE WHEN ST_IsValid({of}.geom) THEN {of}.geom ELSE ST_MakeValid({of}.geom) END

-- Areas: what both cover, and the mean width of it. A strip as wide as a survey's difference is no overlap.
-- name: overlap_areas
SELECT ST_Area(i) AS overlap, coalesce(2 * ST_Area(i) / nullif(ST_Perimeter(i), 0), 0) AS width
FROM (SELECT ST_Intersection({usable_s}, {usable_c}) AS i OFFSET 0) AS common

-- Lines: the length of each that runs within a metre of the other, on the average of both.
-- name: overlap_lines
(SELECT (ST_Length(ST_Intersection(s.geom, ST_Buffer(c.geom, 1)))
         + ST_Length(ST_Intersection(c.geom, ST_Buffer(s.geom, 1)))) / 2 AS overlap,
        CAST('infinity' AS float8) AS width)

-- Points: 1 at the same place, 0.5 at 50 m, nothing from 100 m on.
-- name: overlap_points
(SELECT greatest(0, 1 - ST_Distance(s.geom, c.geom) / 100) AS overlap, CAST('infinity' AS float8) AS width)

-- name: size_areas
ST_Area({of}.geom)

-- name: size_lines
ST_Length({of}.geom)

-- name: size_points
CAST(1 AS float8)

-- A difference as surveys of one thing have it.
-- name: resurveyed
(ST_DWithin(s.geom, c.geom, 0.5) AND ST_HausdorffDistance(s.geom, c.geom) <= 0.5)

-- name: ground
ROW({staged}) IS NOT DISTINCT FROM ROW({current})

-- name: bytes
CAST(geom AS bytea)

-- What happens, by kind, of the rows of `change`. A split counts once, whatever the number of its rows.
-- name: kinds
count(*) FILTER (WHERE kind = 'added') AS added,
count(*) FILTER (WHERE kind = 'changed_geometry') AS changed_geometry,
count(*) FILTER (WHERE kind = 'changed_attributes') AS changed_attributes,
count(DISTINCT group_no) FILTER (WHERE kind = 'split') AS split,
count(DISTINCT group_no) FILTER (WHERE kind = 'merged') AS merged,
count(DISTINCT group_no) FILTER (WHERE kind = 'reshaped') AS reshaped,
count(*) FILTER (WHERE kind = 'renumbered') AS renumbered,
count(*) FILTER (WHERE kind = 'vanished') AS vanished,
count(*) FILTER (WHERE group_no IS NULL AND confidence < 0.8)
+ count(DISTINCT group_no) FILTER (WHERE confidence < 0.8) AS doubtful
