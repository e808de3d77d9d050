"""Big exports: asked for, watched, fetched and removed."""
