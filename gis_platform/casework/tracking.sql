-- name: track
SELECT * FROM casework.track(%(code)s);
