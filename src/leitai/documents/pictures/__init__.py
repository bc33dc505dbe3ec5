"""Pictures of a board: waterfall, standings, ranges of places, heat map, as SVG or PNG."""
