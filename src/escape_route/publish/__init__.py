"""What leaves the program: pages, figures, reports."""
