"""An announcement on paper, for people who have neither signed in nor an e-mail address: by team, without names.

`bundle` is what stands on the sheets (pure), `giving` gives it to who looks after communication, and to administrators;
`seen` shows it to who signs it.
"""
