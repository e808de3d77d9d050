-- Braces are places for identifiers; doubled ones are JSON.

-- name: feature
'{{"type":"Feature","id":' || t.id || ',"geometry":' || ST_AsGeoJSON({geometry}, {digits}, 0)
    || ',"properties":' || json_build_object({properties}) || '}}'

-- name: item
SELECT convert_to({feature}, 'UTF8'),
       EXISTS (SELECT FROM core.delivery d WHERE d.synthetic AND d.id = t.delivery_id)
FROM {rows} t WHERE t.id = CAST(%(id)s AS bigint)
