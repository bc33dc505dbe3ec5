"""What if: facts or settings changed, the round evaluated again, who moves and why."""
