"""What does a first configuration hold: which folders, which numbers of the athlete, and how is it written?"""
