# What the command `parvis` says about indicators to administrators.

verb-pulse = What is counted in communities.
verb-pulse-status = Show how far the past of communities is counted, and of which days nothing is known; status 1 when a platform refuses one.
