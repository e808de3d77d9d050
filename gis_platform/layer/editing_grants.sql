-- name: editor
GRANT INSERT ({added}), UPDATE ({changed}), DELETE ON {table} TO {role};
CREATE POLICY {adds} ON {table} FOR INSERT TO {role} WITH CHECK ({rows});
CREATE POLICY {changes} ON {table} FOR UPDATE TO {role} USING ({rows}) WITH CHECK (
    ({rows}) AND (delivery_id IS NULL
                  OR EXISTS (SELECT FROM core.delivery d
                             WHERE d.id = delivery_id AND d.layer = {layer} AND d.synthetic)));
CREATE POLICY {ends} ON {table} FOR DELETE TO {role} USING ({rows});
