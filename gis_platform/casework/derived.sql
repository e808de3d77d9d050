-- name: forget
DELETE FROM casework.workflow;

-- name: workflows
INSERT INTO casework.workflow (name, initial, readers, openers, handlers, online)
SELECT w.name, w.initial, w.readers, w.openers, w.handlers, w.online
FROM jsonb_to_recordset(CAST(%(told)s AS jsonb))
    w (name text, initial text, readers text[], openers text[], handlers text[], online boolean);

-- name: moves
INSERT INTO casework.move (workflow, name, from_state, to_state, roles, own_unit, ends)
SELECT m.workflow, m.name, m.from_state, m.to_state, m.roles, m.own_unit, m.ends
FROM jsonb_to_recordset(CAST(%(told)s AS jsonb))
    m (workflow text, name text, from_state text, to_state text, roles text[], own_unit boolean, ends boolean);
