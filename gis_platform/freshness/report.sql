-- What stands of each source, newest first. What was undone stands no more.
-- name: sources
SELECT layer, source, max(source_date) AS source_date, max(received_at) AS received_at, count(*) AS deliveries,
       bool_or(synthetic) AS synthetic
FROM core.delivery
WHERE kind = 'delivery' AND status IN ('applied', 'partly_applied')
GROUP BY layer, source ORDER BY layer, max(source_date) DESC, max(received_at) DESC;
