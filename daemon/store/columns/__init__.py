"""How do values with many parts fit in one column of a table, and come out again as they were?"""
