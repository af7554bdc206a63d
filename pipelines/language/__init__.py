"""Language analysis behind one seam: a model turns text into `Parse`; nothing else imports spaCy."""
