-- name: calendar_days
SELECT day, kind, name, confirmed FROM core.calendar_day
