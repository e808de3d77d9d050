-- name: terms
SELECT layer, source, cycle_days, grace_days, valid_from FROM core.delivery_contract
WHERE daterange(valid_from, valid_to) @> CAST(%(today)s AS date) ORDER BY layer, source;
