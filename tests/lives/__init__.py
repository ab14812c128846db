"""Made-up athletes, two weeks of each, through the real pipeline: what would they read?"""
