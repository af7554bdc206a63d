def find_figures(article, parse, actors, times): return []
