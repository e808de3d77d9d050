-- What came of parcels that have ended, as far as today's, through all that happened to them since.
-- name: successors
WITH RECURSIVE after AS (
    SELECT l.predecessor AS root, l.successor
    FROM core.lineage l
    WHERE l.layer = 'parcels' AND upper_inf(l.recorded_period) AND l.predecessor = ANY (CAST(%(ids)s AS bigint[]))
    UNION
    SELECT a.root, l.successor
    FROM after a JOIN core.lineage l ON l.layer = 'parcels' AND l.predecessor = a.successor
    WHERE upper_inf(l.recorded_period)
)
SELECT a.root AS predecessor, array_agg(DISTINCT p.id ORDER BY p.id) AS successors
FROM after a JOIN layer.parcels p ON p.id = a.successor
GROUP BY a.root;
