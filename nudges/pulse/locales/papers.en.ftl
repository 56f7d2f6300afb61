## What the privacy papers call it: bot/cli/privacy
capability-pulse = Indicators
clock-pulse-presence_days = which days somebody read, wrote or reacted on, as long as a window of indicators and its corrections need it
