"""The written finding: a file for print or screen, the terminal, a notebook."""
