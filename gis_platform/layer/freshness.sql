-- For whom the rows themselves are not open, and who is yet answered from them.
-- name: rests_on_synthetic
SELECT EXISTS (SELECT FROM core.delivery WHERE layer = %(layer)s AND status IN ('applied', 'partly_applied') AND synthetic);

-- A delivery that stated every feature of a layer makes the whole of it as new as itself, rows that it found
-- unchanged included.
-- name: freshness
SELECT greatest((SELECT min(source_date) FROM {table}),
                (SELECT max(source_date) FROM core.delivery
                 WHERE layer = {name} AND status = 'applied' AND complete)) AS oldest,
       (SELECT max(source_date) FROM {table}) AS newest,
       -- The register first: where nothing made up was ever delivered, no row need be looked at.
       EXISTS (SELECT FROM core.delivery WHERE layer = {name} AND synthetic)
       AND EXISTS (SELECT FROM {table} t JOIN core.delivery d ON d.id = t.delivery_id WHERE d.synthetic) AS synthetic
