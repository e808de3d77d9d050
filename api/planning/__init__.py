"""Planning over HTTP: what is asked, as thin routes."""
