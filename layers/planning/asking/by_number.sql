-- Every version that was called by the number, or says that it was before (`old`): of today and closed, as believed
-- at a moment. Where a unit was asked for, on days when the code meant it; an old number is also taken where the
-- parcel lies in the unit itself, since nobody kept the code that went with it.
-- name: numbered
SELECT v.id, v.valid_from, v.valid_to, v.old
FROM (SELECT id, unit_code, valid_from, CAST(NULL AS date) AS valid_to, false AS old, geom FROM layer.parcels
      WHERE sheet_no = ANY (CAST(%(sheets)s AS text[])) AND parcel_no = ANY (CAST(%(parcels)s AS text[]))
        AND recorded_from <= CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT id, unit_code, lower(valid_period), upper(valid_period), false, geom FROM layer.parcels_history
      WHERE sheet_no = ANY (CAST(%(sheets)s AS text[])) AND parcel_no = ANY (CAST(%(parcels)s AS text[]))
        AND recorded_period @> CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT id, unit_code, valid_from, NULL, true, geom FROM layer.parcels
      WHERE old_sheet_no = ANY (CAST(%(sheets)s AS text[])) AND old_parcel_no = ANY (CAST(%(parcels)s AS text[]))
        AND recorded_from <= CAST(%(known_at)s AS timestamptz)
      UNION ALL
      SELECT id, unit_code, lower(valid_period), upper(valid_period), true, geom FROM layer.parcels_history
      WHERE old_sheet_no = ANY (CAST(%(sheets)s AS text[])) AND old_parcel_no = ANY (CAST(%(parcels)s AS text[]))
        AND recorded_period @> CAST(%(known_at)s AS timestamptz)) v
WHERE CAST(%(codes)s AS text[]) IS NULL
   OR EXISTS (SELECT FROM unnest(CAST(%(codes)s AS text[]), CAST(%(since)s AS date[]), CAST(%(until)s AS date[]))
                          AS u (code, since, until)
              WHERE u.code = v.unit_code
                AND (v.old OR daterange(u.since, u.until, '[]') && daterange(v.valid_from, v.valid_to)))
   OR v.old AND EXISTS (SELECT FROM layer.admin_units a
                        WHERE a.code || '@' || a.generation = ANY (CAST(%(named)s AS text[]))
                          AND ST_Intersects(a.geom, ST_PointOnSurface(v.geom)))
ORDER BY v.id, v.valid_from;

-- name: identified
SELECT id, valid_from, CAST(NULL AS date) AS valid_to, false AS old FROM layer.parcels
WHERE identifier = %(identifier)s AND recorded_from <= CAST(%(known_at)s AS timestamptz)
UNION ALL
SELECT id, lower(valid_period), upper(valid_period), false FROM layer.parcels_history
WHERE identifier = %(identifier)s AND recorded_period @> CAST(%(known_at)s AS timestamptz)
ORDER BY id, valid_from;

-- name: of_id
SELECT id, valid_from, CAST(NULL AS date) AS valid_to, false AS old FROM layer.parcels
WHERE id = %(parcel)s AND recorded_from <= CAST(%(known_at)s AS timestamptz)
UNION ALL
SELECT id, lower(valid_period), upper(valid_period), false FROM layer.parcels_history
WHERE id = %(parcel)s AND recorded_period @> CAST(%(known_at)s AS timestamptz)
ORDER BY valid_from;
