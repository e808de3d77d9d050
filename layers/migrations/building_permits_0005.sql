-- 035401/gpxd and 35401/GPXD are one number. Upper case by no collation: that of a city may not know đ.
CREATE FUNCTION permits.number_key(written text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(upper(regexp_replace(written, '^0+([0-9])', '\1') COLLATE "C"), 'đ', 'Đ');

DO $$
DECLARE
    twins text;
BEGIN
    SELECT string_agg(t.told, '; ') INTO twins FROM (
        SELECT b.unit_code || ': ' || string_agg(b.permit_no, ', ' ORDER BY b.id) AS told FROM layer.building_permits b
        GROUP BY b.unit_code, permits.number_key(b.permit_no), EXTRACT(year FROM b.issued_on) HAVING count(*) > 1
        ORDER BY 1 LIMIT 20) t;
    IF twins IS NOT NULL THEN
        RAISE EXCEPTION 'permits of one year and one ward have the same number: %', twins
            USING HINT = 'Correct the wrong ones, then migrate again.';
    END IF;
END $$;

DROP INDEX layer.one_permit_a_number;
CREATE UNIQUE INDEX one_permit_a_number
    ON layer.building_permits (unit_code, permits.number_key(permit_no), (EXTRACT(year FROM issued_on)));
-- Whether a permit is made up is said by its papers, those that hold no more too.
CREATE INDEX papers_of_permit ON permits.paper (permit_id);
