"""What `parvis doctor` looks at: `store`, `platforms`, `rights`, `network`; each hands back what it has `seen`.

Nothing is changed by looking.
"""
