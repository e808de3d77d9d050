-- name: raise
UPDATE core.delivery_fault SET severity = 'error' WHERE delivery_id = %(delivery)s AND code = ANY (%(codes)s);
