def find_quantities(parse, figures, times): return []
