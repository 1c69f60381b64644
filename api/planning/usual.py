"""What is meant where whoever asks says nothing."""

from typing import Final

USUAL_HOURS: Final = 24.0
USUAL_HOURS_NOW: Final = 2.0
USUAL_WARM_UP: Final = 6.0
USUAL_REPLICATIONS: Final = 20
USUAL_SEED: Final = 115
KEY: Final = "signing-key.pem"
"""Of the service, beside the simulations."""
