"""The real process, killed at each named step and started again, as a supervisor does."""
