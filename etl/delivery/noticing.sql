-- name: newest_date
SELECT max(source_date) FROM core.delivery WHERE layer = %(layer)s AND status = 'applied';

-- name: examples
SELECT {key} FROM staged GROUP BY {key} HAVING count(*) > 1 ORDER BY {key} LIMIT %(most)s;
