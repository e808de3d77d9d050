-- name: document_kinds
SELECT DISTINCT kind FROM casework.document WHERE case_id = %(case_id)s;

-- name: made
SELECT EXISTS (SELECT FROM casework.journal j WHERE j.case_id = %(case_id)s AND j.action = 'case.moved'
               AND j.detail ->> 'move' = %(move)s);
