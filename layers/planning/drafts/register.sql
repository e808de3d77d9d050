-- name: listed
SELECT d.id, d.name, d.uploaded_by, d.uploaded_at, d.file_name, d.size_bytes, d.state, d.step, d.steps_done, d.steps_total,
       d.read_as -> 'form' AS form, d.totals, d.computed_at
FROM planning.draft d
WHERE CAST(%(before)s AS bigint) IS NULL OR d.id < %(before)s
ORDER BY d.id DESC LIMIT %(limit)s;

-- name: one
SELECT d.id, d.name, d.uploaded_by, d.uploaded_at, d.file_name, d.size_bytes, d.sha256, d.asked, d.state, d.step, d.steps_done,
       d.steps_total, d.read_as, d.findings, d.reason, d.totals, d.extent, d.computed_at,
       d.uploaded_by = current_setting('gis.actor') OR current_user = 'gis_admin' AS may_remove
FROM planning.draft d WHERE d.id = %(draft)s;

-- Whether a parcel or a zone in force on the ground of the draft came, went or changed since it was compared.
-- name: stale
SELECT EXISTS (
    SELECT FROM planning.draft_parcel e LEFT JOIN layer.parcels p ON p.id = e.parcel_id
    WHERE e.draft_id = d.id AND (p.id IS NULL OR p.recorded_from > d.computed_at)
) OR EXISTS (
    SELECT FROM planning.draft_in_force e LEFT JOIN layer.zoning z ON z.id = e.feature_id
    WHERE e.draft_id = d.id AND z.id IS NULL
) OR EXISTS (
    SELECT FROM planning.draft_zone e JOIN layer.zoning z ON z.geom && e.geom
    WHERE e.draft_id = d.id AND z.recorded_from > d.computed_at
) AS stale
FROM planning.draft d WHERE d.id = %(draft)s;

-- name: remove
DELETE FROM planning.draft WHERE id = %(draft)s RETURNING id, name, file_name, sha256;

-- name: again
UPDATE planning.draft SET state = 'waiting', attempts = 0, asked = CAST(%(asked)s AS jsonb)
WHERE id = %(draft)s AND state IN ('done', 'refused', 'failed') RETURNING id;
