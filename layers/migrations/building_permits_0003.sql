-- Who files on line hands in the building too, while papers are taken: kept as his, and seen by whoever holds his key.
GRANT USAGE ON SCHEMA permits TO gis_filing;
-- The working grid stands there.
GRANT SELECT ON core.city TO gis_filing;
GRANT SELECT, INSERT (case_id, number, parcel_id, floors, height_m, use, made_by, answer, geom) ON permits.submission
    TO gis_filing;
CREATE POLICY of_the_key ON permits.submission FOR SELECT TO gis_filing USING (casework.filed(case_id));
CREATE POLICY filed_online ON permits.submission FOR INSERT TO gis_filing
    WITH CHECK (made_by = '(online)' AND casework.filed(case_id) AND casework.filing_open(case_id));
CREATE POLICY building_online ON casework.journal FOR INSERT TO gis_filing
    WITH CHECK (action = 'building.submitted' AND casework.filed(case_id));
