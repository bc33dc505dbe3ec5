"""Intake: rows of facts become what measures can read, and every gap becomes a Problem (§5)."""
