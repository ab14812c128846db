"""Do several signs agree that the athlete trains more than they recover from?"""
