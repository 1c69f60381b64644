"""How the service is seen from outside: vitals, figures for Prometheus, traces, logs, the status page."""
