"""Other formats: Bayesian networks, JSON, drawings."""
