"""`make pictures`: the pictures of the documentation, of a bot at work; nothing in them is made up but the company."""
