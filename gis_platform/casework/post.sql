-- name: addressee
SELECT email FROM casework.applicant WHERE case_id = %(case_id)s AND consent AND email IS NOT NULL;
