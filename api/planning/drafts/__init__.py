"""``/api/planning/drafts``: draft plans, uploaded to see what they would change."""
