"""Filing on line by who has not signed in."""
