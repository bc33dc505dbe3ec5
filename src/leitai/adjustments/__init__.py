"""Adjustments, in the order of rules §9: bonus, demotion, negative evaluation, veto."""
