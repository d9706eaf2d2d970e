"""What is told: a journey, its places, dates, claims and sources, and how they are read and made."""
