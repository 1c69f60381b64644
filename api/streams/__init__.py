"""The log and telemetry as streams: what goes to Kafka, what comes back, and the hosts of the folds."""
