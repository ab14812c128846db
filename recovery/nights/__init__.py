"""What do the nights say of how far the athlete has recovered?"""
