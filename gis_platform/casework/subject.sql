-- name: versioned
SELECT recorded_from FROM {table} WHERE id = %(feature)s;

-- name: plain
SELECT NULL FROM {table} WHERE id = %(feature)s;

-- name: became
SELECT array_agg(l.successor ORDER BY l.successor) FROM core.lineage l
WHERE l.layer = %(layer)s AND l.predecessor = %(feature)s AND upper_inf(l.recorded_period);
