"""Planning questions over HTTP."""
