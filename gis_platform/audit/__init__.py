"""The audit trail: who looked at or changed what, in a chain that shows tampering."""
