"""How do our load and our hours of rest compare with the makers' own, in real files?"""
