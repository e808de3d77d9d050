-- By the feature itself where its layer changes; where another one does, by the ground of the parcel a case speaks of.
-- Only open cases need anybody's attention, and no person is named.
-- name: impact
SELECT c.id, 'Hồ sơ ' || c.shown AS title, 'Case ' || c.shown AS title_en,
       concat_ws(', ', c.place, 'hạn ' || to_char(c.due_on, 'FMDD/FMMM/YYYY')) AS note,
       concat_ws(', ', c.place, 'due ' || to_char(c.due_on, 'YYYY-MM-DD')) AS note_en
FROM (SELECT f.*, regexp_replace(f.code, '^(.{4})(.{4})(.{4})$', '\1-\2-\3') AS shown
      FROM casework.case_file f WHERE f.closed_at IS NULL) c
WHERE c.id IN (
    SELECT f.id FROM casework.case_file f JOIN touched t ON t.id = f.subject_id
    WHERE f.closed_at IS NULL AND f.subject_layer = %(layer)s
    UNION ALL
    SELECT f.id FROM casework.case_file f JOIN layer.parcels p ON p.id = f.subject_id
    JOIN touched t ON t.geom && p.geom AND ST_Dimension(t.geom) = 2 AND ST_Intersects(t.geom, p.geom)
         AND NOT ST_Touches(t.geom, p.geom)
    WHERE f.closed_at IS NULL AND f.subject_layer = 'parcels' AND %(layer)s <> 'parcels')
