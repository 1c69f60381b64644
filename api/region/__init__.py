"""The region: all centres on one page, each with the age of what is known of it. It decides nothing."""
