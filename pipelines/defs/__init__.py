"""The Dagster objects. Thin: each reads its inputs' place, calls one function of the domain, and reports."""
