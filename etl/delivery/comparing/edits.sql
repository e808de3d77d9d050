-- A version that no delivery wrote is a person's.
-- name: set_aside
UPDATE change g SET confidence = least(g.confidence, 0.5),
       evidence = coalesce(g.evidence, '{{}}') || jsonb_build_object('edited_on', c.valid_from)
FROM {table} c
WHERE c.id = g.id AND c.delivery_id IS NULL AND c.valid_from > %(source_date)s;

-- What belongs to one group is decided together.
-- name: with_their_groups
UPDATE change g SET confidence = least(g.confidence, 0.5),
       evidence = coalesce(g.evidence, '{}') || jsonb_build_object('edited_on', e.edited_on)
FROM (SELECT group_no, max(evidence ->> 'edited_on') AS edited_on FROM change
      WHERE evidence ? 'edited_on' AND group_no IS NOT NULL GROUP BY group_no) e
WHERE g.group_no = e.group_no AND NOT coalesce(g.evidence ? 'edited_on', false);

-- name: count
SELECT count(*) FROM change WHERE evidence ? 'edited_on';
