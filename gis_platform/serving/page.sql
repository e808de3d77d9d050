-- Braces are places for identifiers.

-- One row more than asked for tells whether another page follows.
-- name: page
WITH page AS MATERIALIZED (
    SELECT {columns} FROM {rows} t WHERE ({condition}) AND {following}
    ORDER BY {order} LIMIT CAST(%(limit)s AS bigint) + 1
), kept AS MATERIALIZED (
    SELECT t.* FROM page t ORDER BY {order} LIMIT CAST(%(limit)s AS bigint)
)
SELECT ({matched})::bigint, count(*), (SELECT count(*) FROM page) > CAST(%(limit)s AS bigint), {last},
       EXISTS (SELECT FROM core.delivery d WHERE d.synthetic AND d.id IN (SELECT delivery_id FROM kept)),
       convert_to(coalesce(string_agg({feature}, ',' ORDER BY {order}), ''), 'UTF8')
FROM kept t

-- name: matched_all
SELECT coalesce(sum(c.delta), 0) FROM core.row_count c WHERE c.layer = {name}

-- name: matched_some
SELECT count(*) FROM (SELECT FROM {rows} t WHERE {condition} LIMIT {most}) counted
