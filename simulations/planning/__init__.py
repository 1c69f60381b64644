"""Where stations and vehicles should stand, who should be on duty when, and how many beds it takes."""
