"""Ways in for position reports: each turns what a device says into pings; behind all of them is one door."""
