-- name: freshness
SELECT (SELECT min(source_date) FROM {table}), (SELECT max(source_date) FROM {table}),
       EXISTS (SELECT FROM {table} t JOIN core.delivery d ON d.id = t.delivery_id WHERE d.synthetic)
