-- Numbers are exchanged and alleys called anew in any order; what holds is looked at once, at the end.
-- name: bear_with
SET CONSTRAINTS layer.one_house_a_number, numbering.one_axis_a_path DEFERRED;

-- name: look_now
SET CONSTRAINTS layer.one_house_a_number, numbering.one_axis_a_path, numbering.opens_into_another IMMEDIATE;

-- name: write_all
SELECT count(numbering.write_number(c.change)) AS written
FROM jsonb_array_elements(CAST(%(changes)s AS jsonb)) WITH ORDINALITY AS c (change, place);

-- name: rename_alleys
SELECT numbering.rename_alleys(CAST(%(changes)s AS jsonb), %(who)s);

-- name: states
SELECT h.id, h.state, h.unit_code FROM layer.house_numbers h WHERE h.id = ANY (CAST(%(houses)s AS bigint[]));
