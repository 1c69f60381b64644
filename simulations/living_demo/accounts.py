"""As whom the demo speaks for those who are not at the desk, so that the record tells them from people."""

CREWS = "simulated-crews"
HOSPITALS = "simulated-hospitals"
