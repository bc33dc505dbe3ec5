"""Documents: boards, lists and forms as files of the office."""
