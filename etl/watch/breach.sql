-- Rows of parts that the source was not asked for, and the parts.
-- name: outside
SELECT count(*), (array_agg(DISTINCT CAST({part} AS text)))[1:5] FROM staged
WHERE CAST({part} AS text) <> ALL (CAST(%(area)s AS text[]));
