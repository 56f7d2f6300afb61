"""What must not be found anywhere is looked for, byte by byte, in all that a real process wrote."""
