"""Events of one document: who did what to whom, when and where (PLOVER)."""
