"""Who may speak to Vigil: accounts, passwords, sessions, roles."""
