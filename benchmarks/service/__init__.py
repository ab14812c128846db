"""How soon does the running service tell, how small does it stay, and how does it bear many files?"""
