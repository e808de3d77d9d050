-- Of one code, the unit that holds on the day; else the newest that had it.
-- name: titles
SELECT DISTINCT ON (u.{code}) u.{code}, u.{title}
FROM {units} u WHERE u.{code} = ANY (%(codes)s)
ORDER BY u.{code}, coalesce(u.{since} <= %(day)s, true) AND coalesce(u.{until} >= %(day)s, true) DESC,
         u.{generation} DESC;
