"""E-mail: what the bot says reaches people who are, or are not yet, in any chat."""
