-- name: stated
SELECT row_no, CAST(NULL AS bigint) AS id,
       ARRAY[CAST(round(CAST({one} AS numeric), 1) AS text), CAST(round(CAST({other} AS numeric), 1) AS text),
             CAST(round(CAST(abs({one} - {other}) AS numeric), 1) AS text),
             CAST(round(CAST(%(factor)s * sqrt(greatest({one}, {other})) AS numeric), 1) AS text)] AS told,
       geom
FROM staged WHERE abs({one} - {other}) > %(factor)s * sqrt(greatest({one}, {other}));

-- name: drawn
SELECT row_no, CAST(NULL AS bigint) AS id,
       ARRAY[CAST(round(CAST({one} AS numeric), 1) AS text), CAST(round(CAST(area AS numeric), 1) AS text),
             CAST(round(CAST(abs({one} - area) AS numeric), 1) AS text),
             CAST(round(CAST(%(factor)s * sqrt(greatest({one}, area)) AS numeric), 1) AS text)] AS told,
       geom
FROM (SELECT row_no, geom, {one}, ST_Area(geom) AS area FROM staged WHERE {one} IS NOT NULL OFFSET 0) measured
WHERE abs({one} - area) > %(factor)s * sqrt(greatest({one}, area));
