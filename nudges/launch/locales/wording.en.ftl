# What one person gets of an announcement: nudges/launch/wording.py
announcement-relayed = from { $speaker }, relayed by Parvis
