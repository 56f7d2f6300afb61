## What the privacy papers call it: bot/cli/privacy
capability-communities = Communities
clock-communities-keep_days = what was written for communities: requests after their decision, communities after their closing
