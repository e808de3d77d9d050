"""Programs that others wrote, reading a running server as their users would."""
