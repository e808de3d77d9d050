"""The staff console: pages behind a sign-in. What they show, their scripts ask the API for."""
