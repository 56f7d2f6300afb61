"""What `parvis doctor` looks at: `store`, `platforms`, `rights`, `network`, `signon`; each tells what it has `seen`.

Nothing is changed by looking.
"""
