"""The views as PostGIS tables, so that maps, dashboards and notebooks can ask where and how long."""
