-- By the parcel itself where parcels change, else by the ground of a parcel that an answer speaks of. The changed
-- parcels are joined to: as one long list they would be gone through for every answer.
-- name: impact
SELECT a.id, 'Kết quả tra cứu ' || a.id AS title, 'Answer ' || a.id AS title_en,
       concat_ws(', ', 'lập ngày ' || to_char(a.made_at, 'FMDD/FMMM/YYYY'), 'văn bản số ' || s.number || '/' || s.year)
           AS note,
       concat_ws(', ', 'made on ' || to_char(a.made_at, 'YYYY-MM-DD'), 'statement ' || s.number || '/' || s.year)
           AS note_en, a.parcels
FROM planning.answer a LEFT JOIN planning.statement s ON s.answer_id = a.id
WHERE a.id IN (
    SELECT b.id FROM planning.answer b CROSS JOIN unnest(b.parcels) AS spoken (id) JOIN touched t ON t.id = spoken.id
    WHERE %(layer)s = 'parcels'
    UNION ALL
    SELECT b.id FROM planning.answer b CROSS JOIN unnest(b.parcels) AS spoken (id) JOIN layer.parcels p ON p.id = spoken.id
    JOIN touched t ON t.geom && p.geom AND ST_Dimension(t.geom) = 2 AND ST_Intersects(t.geom, p.geom)
         AND NOT ST_Touches(t.geom, p.geom)
    WHERE %(layer)s <> 'parcels')
