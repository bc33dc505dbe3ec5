"""The scheme: the rule book of a year, read from YAML in which every scalar is text."""
