-- name: steps
SELECT j.at, j.detail ->> 'to' AS state, j.detail ->> 'reason' AS reason, j.detail ->> 'received_on' AS received_on
FROM casework.journal j WHERE j.case_id = %(case_id)s AND j.action IN ('case.opened', 'case.moved') ORDER BY j.seq;
