-- Every delivery of a source with the contract that was in force when it came; days are the city's.
-- name: deliveries
SELECT d.layer, d.source, d.status, d.source_date, CAST(d.received_at AT TIME ZONE c.timezone AS date) AS received_on,
       coalesce(CAST(d.counts ->> 'read' AS bigint), 0) AS rows,
       (SELECT CAST(coalesce(sum(CAST(f ->> 'count' AS bigint)), 0) AS bigint) FROM jsonb_array_elements(d.findings) f
        WHERE f ->> 'severity' IN ('error', 'warning')) AS faults,
       k.layer IS NOT NULL AS stated, k.cycle_days, k.grace_days
FROM core.city c CROSS JOIN core.delivery d
LEFT JOIN core.delivery_contract k
    ON k.layer = d.layer AND k.source = d.source
    AND daterange(k.valid_from, k.valid_to) @> CAST(d.received_at AT TIME ZONE c.timezone AS date)
WHERE d.kind = 'delivery' AND d.status NOT IN ('received', 'preparing', 'already_applied')
ORDER BY d.layer, d.source, d.received_at, d.id;
