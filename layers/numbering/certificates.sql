-- What stands on the paper of a house. The ward is that of today; the parcel may have gone since.
-- name: facts
SELECT h.id, h.state, h.address, numbering.painted(h.alley_path, h.number, h.suffix) AS number, s.name AS street,
       h.document, h.issued_on, h.unit_code, u.full_name AS unit, p.sheet_no AS sheet, p.parcel_no AS parcel,
       CAST(round(CAST(ST_X(w.place) AS numeric), 6) AS double precision) AS lon,
       CAST(round(CAST(ST_Y(w.place) AS numeric), 6) AS double precision) AS lat
FROM layer.house_numbers h
CROSS JOIN LATERAL (SELECT ST_Transform(h.geom, 4326) AS place) w
LEFT JOIN layer.streets s ON s.id = h.street_id
LEFT JOIN layer.parcels p ON p.id = h.parcel_id
LEFT JOIN LATERAL (SELECT a.code, a.full_name FROM layer.admin_units a
                   WHERE a.generation = (SELECT max(n.generation) FROM layer.admin_units n)
                     AND ST_Intersects(a.geom, h.geom) ORDER BY a.code LIMIT 1) u ON true
WHERE h.id = %(house)s;

-- name: holds
SELECT c.code FROM numbering.certificate c WHERE c.house_id = %(house)s AND c.superseded_at IS NULL;

-- name: certify
SELECT numbering.certify(%(code)s, %(house)s, CAST(%(content)s AS jsonb), %(who)s) AS id;

-- name: of_code
SELECT code, content, sha256, made_at, superseded_at, superseded_why FROM numbering.certificate_of(%(code)s);
