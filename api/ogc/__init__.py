"""OGC API: landing page, collections, features and tiles of every layer."""
