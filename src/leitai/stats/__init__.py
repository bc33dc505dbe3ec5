"""Statistics: ballots and answers become tallies, the facts that measures see."""
