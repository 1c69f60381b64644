"""Where calls come from and when: fitted from a history of calls, with a report of how well it holds."""
