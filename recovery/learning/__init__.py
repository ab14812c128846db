"""What do the answers of the athlete teach: how much this body sweats, and how hard each sport usually is?"""
