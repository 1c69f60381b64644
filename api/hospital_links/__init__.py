"""Links by which a small hospital counts its beds without an account: one house, beds alone, with an end."""
