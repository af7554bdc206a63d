"""What needs more than one document: identities, story events, dollars, and the final tables. Columnar, no Dagster."""
