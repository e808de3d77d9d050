-- name: street
SELECT s.id, s.name FROM layer.streets s WHERE s.id = %(street)s;
