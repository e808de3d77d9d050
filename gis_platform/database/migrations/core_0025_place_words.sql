-- What every reader of a case sees of the place is the register's; the words of who filed on line are his own.
ALTER TABLE casework.applicant ADD COLUMN place_words text CHECK (length(place_words) BETWEEN 1 AND 300);
COMMENT ON COLUMN casework.applicant.place_words IS 'How the applicant tells where the ground lies; may name people.';
GRANT INSERT (place_words) ON casework.applicant
    TO gis_filing, gis_planner, gis_permit, gis_enforcement, gis_steward, gis_operator, gis_admin;
