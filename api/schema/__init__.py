"""What goes over the wire: orders in, answers and rows out. The console's types are made from these."""
