# The page in a browser: nudges/pulse/page.py
page-pulse = the page of indicators
    .ask = “pulse page”
