"""What `parvis doctor` and `parvis observe` find, say, and leave alone."""
