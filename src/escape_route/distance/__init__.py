"""What geometry says of a journey: certified least distances, plausible ways, verdicts on what was stated."""
