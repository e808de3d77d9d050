"""These tests commit, to accounts and the audit trail alone."""

from tests.support.swept import database, swept_clone

__all__ = ["database", "swept_clone"]
