"""The names of a map: built once from what it says of streets, houses, alleys, places and wards, then
searched without a network."""
