"""The spine: what every capability stands on. It knows no capability and no vendor."""
