-- name: counts
SELECT (SELECT count(*) FROM staged) AS read,
       {kinds},
       (SELECT count(*) FROM staged) - count(row_no) AS unchanged,
       (SELECT CAST(coalesce(sum(times), 0) AS bigint)
        FROM (SELECT count(*) AS times FROM staged GROUP BY {key} HAVING count(*) > 1) AS counted) AS duplicates
FROM change;

-- name: newer_than_the_file
SELECT s.row_no, s.fid, c.valid_from, count(*) OVER ()
FROM change g JOIN staged s ON s.row_no = g.row_no JOIN {table} c ON c.id = g.id
WHERE c.valid_from > %(source_date)s AND NOT coalesce(g.evidence ? 'edited_on', false) ORDER BY s.row_no LIMIT %(most)s;

-- name: ending_newer_than_the_file
SELECT count(*), max(c.valid_from) FROM change g JOIN {table} c ON c.id = g.id
WHERE g.row_no IS NULL AND c.valid_from > %(source_date)s AND NOT coalesce(g.evidence ? 'edited_on', false);
