-- What came of the moves of a case: the number kept for it, the permit that was written. No personal data.
ALTER TABLE casework.case_file
    ADD COLUMN outcome jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(outcome) = 'object');
GRANT UPDATE (outcome) ON casework.case_file TO gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator,
    gis_admin;
