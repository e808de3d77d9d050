-- name: newest_date
SELECT max(source_date) FROM core.delivery WHERE layer = %(layer)s AND status = 'applied';
