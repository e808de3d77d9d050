-- name: applicant
SELECT name, id_number, phone, email, address, consent, helped_by, agreed, place_words
FROM casework.applicant WHERE case_id = %(case_id)s;
