"""The check-up: what is wrong or fragile in a scheme, before it is adopted."""
