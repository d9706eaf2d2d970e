"""What may be published: sensitivity, generalising, the register of what was, the look for leaks."""
