def find_quotes(article, parse, actors): return []
