-- A version begins when its delivery began, which may be minutes before anybody can read it: when a check was made says
-- nothing of which version it read.
ALTER TABLE permits.submission ADD COLUMN parcel_seen timestamptz;
COMMENT ON COLUMN permits.submission.parcel_seen IS 'recorded_from of the parcel that the check read. Null where it is not '
    'known: the building is handed in again.';
GRANT INSERT (parcel_seen) ON permits.submission TO gis_permit, gis_admin, gis_filing;
