"""How do the tables look, and how did they come to look like that?"""
