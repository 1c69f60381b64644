"""How many calls the next two days bring, hour by hour, and how surely anybody can say."""
