"""From place to place: corridors, crossings, shares, origins, routes, separations, verdicts."""
