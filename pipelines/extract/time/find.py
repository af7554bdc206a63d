def find_time_expressions(article, parse): return []
