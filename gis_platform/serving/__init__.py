"""Answers made by PostgreSQL itself: the statements behind items, features and tiles, from the layers."""
