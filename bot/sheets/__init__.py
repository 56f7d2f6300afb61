"""Tables that come as files and go as files: `cells` is about one cell, `files` about all of one."""
