-- Braces are places for identifiers and conditions.

-- name: rows
SELECT t.id, {properties} t.source_date,
       coalesce(t.delivery_id = ANY (ARRAY(SELECT d.id FROM core.delivery d WHERE d.synthetic)), false),
       ST_AsBinary({geometry}, 'NDR'), {key}
FROM {rows} t
WHERE ({condition}) AND {following}
ORDER BY {order}

-- name: limit
LIMIT CAST(%(limit)s AS bigint)

-- name: total
SELECT count(*) FROM {rows} t WHERE {condition}

-- name: as_json
CAST(to_json({column}) AS text)

-- name: key_of_id
CAST(t.id AS text)

-- name: key_of_order
CAST(json_build_array({keys}) AS text)
