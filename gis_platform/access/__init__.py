"""Who may see and do what: enforced by the database, derived from the layers."""
