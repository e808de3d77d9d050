"""Draft plans on their way in: a file read leniently, laid on the parcels in a process beside the server."""
