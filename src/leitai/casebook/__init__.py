"""The casebook: situations an official can read, worked by hand, that every build must meet."""
