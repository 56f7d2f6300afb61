# The page in a browser: nudges/pulse/page.py
page-pulse = la page des indicateurs
    .ask = « indicateurs page »
