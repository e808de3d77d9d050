"""Which parcels a question means."""
