-- Only rows that are seen are taken away, and their sum is put back: the count is the same before and after.
-- name: add_up_row_counts
WITH gone AS (DELETE FROM core.row_count RETURNING layer, delta)
INSERT INTO core.row_count (layer, delta) SELECT layer, sum(delta) FROM gone GROUP BY layer;
