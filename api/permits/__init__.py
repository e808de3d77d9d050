"""``/api/permits``: construction permits."""
