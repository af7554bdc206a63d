"""Training of the small decisions about amounts of money (`pipelines.extract.money.learnt`)."""
