-- Braces are places for identifiers.

-- name: last_id
max(t.id)::text

-- name: last_keys
(array_agg(json_build_array({keys})::text ORDER BY {order}))[count(*)]

-- Rows without a value come last, whichever the direction.
-- name: beyond
({value} IS NOT NULL AND ({key} {than} {value} OR {key} IS NULL))
