-- name: features
SELECT count(DISTINCT id) FROM touched;
