def find_events(article, parse, actors, times, quotes): return []
