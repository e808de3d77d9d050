-- Codes are reused: of several generations the newest one is meant.
-- name: called
SELECT full_name FROM layer.admin_units WHERE code = %(code)s ORDER BY generation DESC LIMIT 1;
